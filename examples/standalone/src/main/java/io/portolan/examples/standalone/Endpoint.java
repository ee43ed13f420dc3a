package io.portolan.examples.standalone;

import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftp.server.PublicAddress;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsKeys;
import io.portolan.sftp.server.SftpServer;
import io.portolan.sftp.server.SftpServerConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

/** Makes a server's settings of the options: where it listens, and how clients reach it. */
final class Endpoint {

    private final ServeOptions options;

    Endpoint(ServeOptions options) {
        this.options = options;
    }

    /** Settings that lack the files, the users and {@link #tls}. */
    FtpServerConfig.Builder ftp() {
        FtpServerConfig.Builder server = FtpServer.builder().bind(bindAddress()).allowPlainLogin(options.allowPlain);
        if (!options.isFtpServed()) {
            // nobody starts it; its other options are checked all the same
            server.port(0);
        } else if (options.ftp.isOff()) {
            server.port(options.ftps.number()).controlProtection(ControlProtection.IMPLICIT);
        } else {
            server.port(options.ftp.number());
            if (!options.ftps.isOff()) {
                server.implicitPort(options.ftps.number());
            }
        }
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

    /** Settings that lack the files, the users and the host key. */
    SftpServerConfig.Builder sftp() {
        // nobody starts it if it is off
        return SftpServer.builder().bind(bindAddress()).port(Math.max(0, options.sftp.number()));
    }

    ServerTls tls(TlsKeys keys) {
        return ServerTls.builder()
                .keys(keys)
                .dataSessionResumption(options.resumption)
                .requiredForLogin(!isPlainAllowed())
                .requiredForData(!isPlainAllowed())
                .build();
    }

    /** Nobody reads along on the way to this machine itself. */
    boolean isPlainAllowed() {
        return options.allowPlain || bindAddress().isLoopbackAddress();
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
