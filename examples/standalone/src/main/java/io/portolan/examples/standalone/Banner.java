package io.portolan.examples.standalone;

import io.portolan.ftp.server.FtpServer;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** The first screen: what is served, where, and lines to paste that connect. */
final class Banner {

    private static final String GAP = "    ";

    private final ServeOptions options;
    private final Accounts accounts;
    private final boolean plainAllowed;
    private final ShownCertificate certificate;

    Banner(ServeOptions options, Accounts accounts, boolean plainAllowed, ShownCertificate certificate) {
        this.options = options;
        this.accounts = accounts;
        this.plainAllowed = plainAllowed;
        this.certificate = certificate;
    }

    void print(FtpServer server, PrintWriter out) {
        row(out, "serving", ServedFiles.describe(options));
        Iterator<InetSocketAddress> addresses = server.addresses().iterator();
        if (!options.ftp.isOff()) {
            ftp(addresses.next(), out);
        }
        if (!options.ftps.isOff()) {
            ftps(addresses.next(), out);
        }
        row(out, "certificate", "SHA-256 " + certificate.keys().fingerprint());
        row(out, "", certificate.origin());
        if (options.passive != null) {
            row(out, "passive", "data connections to ports " + options.passive);
        }
        accounts.generated()
                .ifPresent(made -> row(
                        out,
                        "user",
                        made.user() + "    password " + made.password()
                                + "    (new at each start; --user or --password-file sets your own)"));
        row(out, "ready", "in " + sinceStart() + " s; Ctrl-C stops");
        out.flush();
    }

    private void ftp(InetSocketAddress address, PrintWriter out) {
        List<String> lines = new ArrayList<>();
        if (plainAllowed) {
            lines.add("curl --user " + curlUser() + " ftp://" + reachable(address) + "/");
        }
        lines.add("curl --ssl-reqd " + trusted() + " --user " + curlUser() + " ftp://" + reachable(address) + "/");
        // It takes TLS because it is there, and knows a certificate that nobody has signed by its fingerprint only.
        lines.add("lftp -u " + lftpUser() + " -e 'set ssl:verify-certificate/" + certificate.lftpFingerprint()
                + " no' ftp://" + reachable(address));
        endpoint("ftp", address, lines, out);
    }

    private void ftps(InetSocketAddress address, PrintWriter out) {
        endpoint(
                "ftps",
                address,
                List.of("curl " + trusted() + " --user " + curlUser() + " ftps://" + reachable(address) + "/"),
                out);
    }

    /** The certificate's key instead of who has signed it, and for which name: what that key shows is this server. */
    private String trusted() {
        return "-k --pinnedpubkey " + certificate.curlPin();
    }

    private static void endpoint(String label, InetSocketAddress address, List<String> lines, PrintWriter out) {
        String listening = hostAndPort(address.getAddress(), address.getPort());
        row(out, label, listening + GAP + lines.get(0));
        for (String more : lines.subList(1, lines.size())) {
            row(out, "", " ".repeat(listening.length()) + GAP + more);
        }
    }

    private static void row(PrintWriter out, String label, String text) {
        out.println(String.format(Locale.ROOT, "%-12s%s", label, text));
    }

    /** A password that was given is not shown: both clients ask for it. */
    private String curlUser() {
        return accounts.generated()
                .map(made -> made.user() + ":" + made.password())
                .or(accounts::example)
                .orElse("NAME");
    }

    private String lftpUser() {
        return accounts.generated()
                .map(made -> made.user() + "," + made.password())
                .or(accounts::example)
                .orElse("NAME");
    }

    private static String reachable(InetSocketAddress address) {
        return hostAndPort(LocalAddresses.reachable(address.getAddress()), address.getPort());
    }

    private static String hostAndPort(InetAddress address, int port) {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }

    private static String sinceStart() {
        Instant start = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        return String.format(
                Locale.ROOT, "%.2f", Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }
}
