package io.portolan.examples.standalone;

import io.portolan.ftp.server.FtpServer;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The first screen: what is served, where, and lines to paste that connect. */
final class Banner {

    private final ServeOptions options;
    private final Accounts accounts;

    Banner(ServeOptions options, Accounts accounts) {
        this.options = options;
        this.accounts = accounts;
    }

    void print(FtpServer server, PrintWriter out) {
        InetSocketAddress address = server.addresses().get(0);
        row(out, "serving", ServedFiles.describe(options));
        String listening = hostAndPort(address.getAddress(), address.getPort());
        String reachable = hostAndPort(LocalAddresses.reachable(address.getAddress()), address.getPort());
        row(out, "ftp", listening + "    curl --user " + curlUser() + " ftp://" + reachable + "/");
        row(out, "", " ".repeat(listening.length()) + "    lftp -u " + lftpUser() + " ftp://" + reachable);
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
