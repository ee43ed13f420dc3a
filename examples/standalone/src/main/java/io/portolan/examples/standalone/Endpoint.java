package io.portolan.examples.standalone;

import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftp.server.PublicAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

/** Makes a server's settings of the options: where it listens, and how clients reach it. */
final class Endpoint {

    private final ServeOptions options;

    Endpoint(ServeOptions options) {
        this.options = options;
    }

    /** Settings that lack the files and the users. */
    FtpServerConfig.Builder ftp() {
        options.requireAvailable();
        FtpServerConfig.Builder server = FtpServer.builder()
                .bind(bindAddress())
                .port(options.ftp.number())
                .allowPlainLogin(options.allowPlain);
        String passive = options.passive;
        if (passive != null) {
            server.passivePorts(checked("--passive", () -> PassivePorts.parse(passive)));
        }
        String publicAddress = options.publicAddress;
        if (publicAddress != null) {
            server.publicAddress(checked("--public-address", () -> publicAddress(publicAddress)));
        }
        return server;
    }

    InetAddress bindAddress() {
        try {
            return InetAddress.getByName(options.bind);
        } catch (UnknownHostException e) {
            throw options.wrong("--bind: '" + options.bind + "' is no address of which this machine knows");
        }
    }

    private static PublicAddress publicAddress(String text) {
        // What looks like an address is one, if a wrong one: a name service need not be asked.
        boolean literal = text.matches("[0-9.]*") || text.contains(":");
        return literal ? PublicAddress.fixed(text) : PublicAddress.dnsName(text, PublicAddress.DEFAULT_REFRESH);
    }

    private <T> T checked(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw options.wrong(option + ": " + e.getMessage());
        }
    }
}
