package io.portolan.examples.standalone;

import io.portolan.ftp.server.FtpServer;
import io.portolan.sftp.server.SftpServer;
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
    private final List<String> rows = new ArrayList<>();

    Banner(ServeOptions options, Accounts accounts, boolean plainAllowed) {
        this.options = options;
        this.accounts = accounts;
        this.plainAllowed = plainAllowed;
    }

    /** An FTP server that runs. */
    FtpServer ftp(FtpServer server, ShownCertificate certificate) {
        Iterator<InetSocketAddress> addresses = server.addresses().iterator();
        if (!options.ftp.isOff()) {
            ftp(addresses.next(), certificate);
        }
        if (!options.ftps.isOff()) {
            ftps(addresses.next(), certificate);
        }
        row("certificate", "SHA-256 " + certificate.keys().fingerprint());
        row("", certificate.origin());
        if (options.passive != null) {
            row("passive", "data connections to ports " + options.passive);
        }
        return server;
    }

    /** An SFTP server that runs. */
    SftpServer sftp(SftpServer server, ShownHostKey key) {
        InetSocketAddress address = server.addresses().get(0);
        String host = LocalAddresses.reachable(address.getAddress()).getHostAddress();
        String user = accounts.example().orElse("NAME");
        endpoint(
                "sftp",
                address,
                List.of("sftp -P " + address.getPort() + " " + user + "@"
                        + (host.contains(":") ? "[" + host + "]" : host)));
        server.hostKeys().forEach(shown -> row("host key", shown.fingerprint() + "    (" + shown.type() + ")"));
        row("", key.origin());
        return server;
    }

    void print(PrintWriter out) {
        out.println(line("serving", ServedFiles.describe(options)));
        rows.forEach(out::println);
        accounts.generated()
                .ifPresent(made -> out.println(line(
                        "user",
                        made.user() + "    password " + made.password()
                                + "    (new at each start; --user or --password-file sets your own)")));
        out.println(line("ready", "in " + sinceStart() + " s; Ctrl-C stops"));
        out.flush();
    }

    private void ftp(InetSocketAddress address, ShownCertificate certificate) {
        List<String> lines = new ArrayList<>();
        if (plainAllowed) {
            lines.add("curl --user " + curlUser() + " ftp://" + reachable(address) + "/");
        }
        lines.add("curl --ssl-reqd " + trusted(certificate) + " --user " + curlUser() + " ftp://" + reachable(address)
                + "/");
        // It takes TLS because it is there, and knows a certificate that nobody has signed by its fingerprint only.
        lines.add("lftp -u " + lftpUser() + " -e 'set ssl:verify-certificate/" + certificate.lftpFingerprint()
                + " no' ftp://" + reachable(address));
        endpoint("ftp", address, lines);
    }

    private void ftps(InetSocketAddress address, ShownCertificate certificate) {
        endpoint(
                "ftps",
                address,
                List.of("curl " + trusted(certificate) + " --user " + curlUser() + " ftps://" + reachable(address)
                        + "/"));
    }

    /** The certificate's key instead of who has signed it, and for which name: what that key shows is this server. */
    private static String trusted(ShownCertificate certificate) {
        return "-k --pinnedpubkey " + certificate.curlPin();
    }

    private void endpoint(String label, InetSocketAddress address, List<String> lines) {
        String listening = hostAndPort(address.getAddress(), address.getPort());
        row(label, listening + GAP + lines.get(0));
        for (String more : lines.subList(1, lines.size())) {
            row("", " ".repeat(listening.length()) + GAP + more);
        }
    }

    private void row(String label, String text) {
        rows.add(line(label, text));
    }

    private static String line(String label, String text) {
        return String.format(Locale.ROOT, "%-12s%s", label, text);
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
