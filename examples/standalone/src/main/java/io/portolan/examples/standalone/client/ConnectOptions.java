package io.portolan.examples.standalone.client;

import io.portolan.ftp.client.DataMode;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpTimeouts;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.TlsKeys;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpTimeouts;
import io.portolan.sftp.client.SshConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How to reach a server, to trust it and to log in: the options of all the client's commands. */
final class ConnectOptions {

    /** A server that has not answered ABOR by then does not matter to one who has pressed Ctrl-C. */
    private static final Duration ABORT = Duration.ofSeconds(3);

    private static final int MAX_TIMEOUT_SECONDS = 86_400;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Mixin
    PasswordOptions password = new PasswordOptions();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust these authorities or certificates (PEM), and no others.")
    @Nullable
    Path authorities;

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description =
                    "Trust the certificate or host key with this fingerprint, and no other, as 'portolan serve' shows it.")
    @Nullable
    String fingerprint;

    @Option(
            names = "--insecure",
            description =
                    "Trust any certificate or host key: whoever is on the way can pretend to be the server, and read the password.")
    boolean insecure;

    @Option(names = "--cert", paramLabel = "FILE", description = "Certificate to show to the server (PEM), with --key.")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key of --cert (PEM).")
    @Nullable
    Path key;

    @Option(names = "--active", description = "Let the server make the data connections (active mode).")
    boolean active;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description =
                    "For each: to connect, to wait for a reply, to wait while nothing moves (30 s to connect, else 60 s).")
    @Nullable
    Integer timeout;

    @Mixin
    SshOptions ssh = new SshOptions();

    @Mixin
    ProxyOptions proxy = new ProxyOptions();

    @Mixin
    RateOption rate = new RateOption();

    /** Reads what options say of a server, asks for a password if there is a need, and connects to nothing yet. */
    Remote open(RemoteUrl.Server server, boolean inputIsData) throws IOException {
        return server.scheme() == RemoteUrl.Scheme.SFTP ? openSftp(server, inputIsData) : openFtp(server, inputIsData);
    }

    private Remote openSftp(RemoteUrl.Server server, boolean inputIsData) throws IOException {
        if (authorities != null || certificate != null || key != null || active) {
            throw wrong("--ca, --cert, --key and --active are for FTP; sftp:// has --known-hosts and --identity");
        }
        HostKeys hostKeys = ssh.hostKeys(command, fingerprint, insecure);
        SshConfig config = ssh.settings(server);
        SftpClient.Builder client;
        String user;
        if (config == null) {
            client = SftpClient.builder().host(server.host()).hostKeys(hostKeys);
            user = server.user().orElseGet(() -> System.getProperty("user.name", ""));
            client.user(user, ssh.login(command, password, inputIsData));
        } else {
            client = config.client(server.host(), SshOptions.typed(command, inputIsData));
            user = config.user(server.host());
            client.user(user, ssh.login(command, config, server.host(), password, inputIsData));
            if (ssh.isTrusting(fingerprint, insecure)) {
                client.hostKeys(hostKeys);
            }
        }
        if (config == null || timeout != null) {
            client.timeouts(sftpTimeouts());
        }
        client.rateLimit(rate.limit());
        server.port().ifPresent(client::port);
        proxy.apply(client);
        if (config != null && ssh.jumps.isEmpty()) {
            return new SftpRemote(built(client), ABORT);
        }
        try {
            // a fingerprint is that of the last one
            client.jumpThrough(ssh.way(
                    user, ssh.jumpLogin(command, inputIsData), fingerprint == null ? hostKeys : ssh.hostKeysByFile()));
            return new SftpRemote(client.build(), ABORT);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private SftpTimeouts sftpTimeouts() {
        SftpTimeouts usual = SftpTimeouts.DEFAULT;
        return timeout == null
                ? usual
                : usual.withConnect(each()).withHandshake(each()).withReply(each());
    }

    private Remote openFtp(RemoteUrl.Server server, boolean inputIsData) throws IOException {
        if (ssh.isAny()) {
            throw wrong("--known-hosts, --accept-new, --identity, --no-agent, --ssh-config and --jump are for sftp://");
        }
        FtpClient.Builder client = FtpClient.builder()
                .host(server.host())
                .scheme(scheme(server))
                .timeouts(timeouts())
                .dataMode(active ? DataMode.ACTIVE : DataMode.PASSIVE)
                .rateLimit(rate.limit());
        server.port().ifPresent(client::port);
        proxy.apply(client);
        boolean tls = server.scheme() != RemoteUrl.Scheme.FTP;
        if (tls) {
            client.securityMechanism(protection());
        } else if (insecure || authorities != null || fingerprint != null || certificate != null) {
            throw wrong(
                    "--insecure, --ca, --fingerprint and --cert are for ftpes:// and ftps://; ftp:// has no certificates");
        }
        if (server.user().isPresent()) {
            client.user(server.user().get(), password.read(inputIsData));
        } else if (password.isGiven()) {
            throw wrong("there is a password, and no user in the URL: " + "write USER@ before the host");
        }
        return new FtpRemote(built(client), ABORT);
    }

    private FtpClient built(FtpClient.Builder client) {
        try {
            return client.build();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private SftpClient built(SftpClient.Builder client) {
        try {
            return client.build();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static FtpScheme scheme(RemoteUrl.Server server) {
        return switch (server.scheme()) {
            case FTP -> FtpScheme.PLAIN;
            case FTPES -> FtpScheme.EXPLICIT_TLS;
            case FTPS -> FtpScheme.IMPLICIT_TLS;
            case SFTP -> throw new IllegalArgumentException("no scheme of FTP");
        };
    }

    private FtpTimeouts timeouts() {
        FtpTimeouts usual = FtpTimeouts.DEFAULT.withAbort(ABORT);
        return timeout == null
                ? usual
                : usual.withConnect(each()).withReply(each()).withStall(each());
    }

    private Duration each() {
        if (timeout == null || timeout < 1 || timeout > MAX_TIMEOUT_SECONDS) {
            throw wrong("--timeout: is not within 1 to " + MAX_TIMEOUT_SECONDS);
        }
        return Duration.ofSeconds(timeout);
    }

    private ClientTls protection() throws IOException {
        ClientTls.Builder tls = ClientTls.builder().trust(trust());
        if (timeout != null) {
            tls.handshakeTimeout(Duration.ofSeconds(Math.min(timeout, 3600)));
        }
        if ((certificate == null) != (key == null)) {
            throw wrong(certificate == null ? "--key: give --cert as well" : "--cert: give --key as well");
        }
        try {
            if (certificate != null && key != null) {
                tls.clientKeys(TlsKeys.pem(certificate, key));
            }
            return tls.build();
        } catch (IllegalArgumentException e) {
            throw wrong("--cert, --key: " + e.getMessage());
        }
    }

    private ServerTrust trust() throws IOException {
        if ((authorities != null ? 1 : 0) + (fingerprint != null ? 1 : 0) + (insecure ? 1 : 0) > 1) {
            throw wrong("--ca, --fingerprint, --insecure: one of them only");
        }
        try {
            if (authorities != null) {
                return ServerTrust.pem(authorities);
            }
            if (fingerprint != null) {
                return ServerTrust.fingerprints(fingerprint);
            }
        } catch (IllegalArgumentException e) {
            throw wrong((authorities != null ? "--ca: " : "--fingerprint: ") + e.getMessage());
        }
        if (insecure) {
            SshOptions.warn(command);
            return ServerTrust.insecureTrustAnyone();
        }
        return ServerTrust.system();
    }

    private ParameterException wrong(String words) {
        return new ParameterException(command.commandLine(), words);
    }
}
