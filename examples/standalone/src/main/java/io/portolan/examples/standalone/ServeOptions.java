package io.portolan.examples.standalone;

import io.portolan.ftps.SessionResumption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What is served, to whom and where: the options of {@code serve} and {@code ports}. */
final class ServeOptions {

    /** Not 21, which needs rights. */
    static final String DEFAULT_FTP_PORT = "2121";

    /** Not 990, likewise. */
    static final String DEFAULT_FTPS_PORT = "2990";

    /** Not 22, likewise. */
    static final String DEFAULT_SFTP_PORT = "2222";

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder to serve.")
    @Nullable
    Path folder;

    @Option(
            names = "--bind",
            paramLabel = "ADDR",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (${DEFAULT-VALUE}: only this machine); 0.0.0.0 or :: for all.")
    String bind = "127.0.0.1";

    @Option(
            names = "--ftp",
            paramLabel = "PORT|off",
            defaultValue = DEFAULT_FTP_PORT,
            converter = PortOrOff.Converter.class,
            description =
                    "Port of FTP, which becomes TLS when the client says AUTH TLS (${DEFAULT-VALUE}; the standard 21 needs"
                            + " rights; 0: any free one).")
    PortOrOff ftp = PortOrOff.OFF;

    @Option(
            names = "--ftps",
            paramLabel = "PORT|off",
            defaultValue = DEFAULT_FTPS_PORT,
            converter = PortOrOff.Converter.class,
            description =
                    "Port of FTP that is TLS from the start (${DEFAULT-VALUE}; the usual 990 needs rights; 0: any free one).")
    PortOrOff ftps = PortOrOff.OFF;

    @Option(
            names = "--sftp",
            paramLabel = "PORT|off",
            defaultValue = DEFAULT_SFTP_PORT,
            converter = PortOrOff.Converter.class,
            description = "Port of SFTP (${DEFAULT-VALUE}; the standard 22 needs rights; 0: any free one).")
    PortOrOff sftp = PortOrOff.OFF;

    @Option(names = "--write", description = "Allow uploads and other changes. Without it, reading only.")
    boolean write;

    @Option(
            names = "--user",
            paramLabel = "NAME:PASSWORD",
            description =
                    "Lets a user in; may be given several times. The list of processes shows it to everybody on this machine:"
                            + " prefer --password-file. Without both, a user with a new password is made at each start.")
    List<String> users = new ArrayList<>();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Users in lines NAME:HASH, which 'portolan hash NAME' makes. Read again when it has changed.")
    @Nullable
    Path passwordFile;

    @Option(
            names = "--authorized-keys",
            paramLabel = "FILE",
            description =
                    "Public keys that let the users of --user in by SFTP, one on each line as in OpenSSH's authorized_keys; with %%u for"
                            + " the user's name, a file for each user. Read again when it has changed.")
    @Nullable
    Path authorizedKeys;

    @Option(
            names = "--host-key",
            paramLabel = "FILE",
            description =
                    "Private key that SFTP shows itself by, as ssh-keygen makes it; may be given several times. Without it, one that is made"
                            + " here and kept in --state.")
    List<Path> hostKeys = new ArrayList<>();

    @Option(
            names = "--host-certificate",
            paramLabel = "FILE",
            description =
                    "Certificate of a host key, as 'ssh-keygen -s CA -h' makes it, for clients that trust the CA; may be given several times.")
    List<Path> hostCertificates = new ArrayList<>();

    @Option(
            names = "--cert",
            paramLabel = "PEM",
            description =
                    "Certificate that TLS shows, then those of who issued it; read again when it has changed. Without it, one that is"
                            + " made here and kept in --state.")
    @Nullable
    Path certificate;

    @Option(names = "--key", paramLabel = "PEM", description = "Private key of --cert.")
    @Nullable
    Path key;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the certificate and the host key that are made here stay between starts"
                    + " (portolan in $XDG_STATE_HOME, or in ~/.local/state).")
    @Nullable
    Path state;

    @Option(
            names = "--tls-resumption",
            paramLabel = "require|prefer|off",
            defaultValue = "require",
            description =
                    "Whether data connections must resume the TLS session of their control connection, so that nobody can"
                            + " steal them (${DEFAULT-VALUE}). prefer is for clients that cannot.")
    SessionResumption resumption = SessionResumption.REQUIRE;

    @Option(
            names = "--passive",
            paramLabel = "FROM-TO",
            description =
                    "Ports of passive data connections, such as 20000-20999, for the firewall. Without it, any free ones.")
    @Nullable
    String passive;

    @Option(
            names = "--public-address",
            paramLabel = "ADDR",
            description = "IPv4 address or DNS name at which clients reach this server from outside, behind NAT.")
    @Nullable
    String publicAddress;

    @Option(
            names = "--allow-plain",
            description =
                    "Allow FTP without TLS, whose passwords and files all can read on the way, on an address that is not loopback.")
    boolean allowPlain;

    @Option(
            names = "--in-memory",
            description = "Keep the files in memory: a copy of DIR, or nothing at first. Changes are gone at the end.")
    boolean inMemory;

    @Option(
            names = "--access-log",
            paramLabel = "FILE",
            description =
                    "Appends a line for each login and transfer: JSON if the name ends in .json or .jsonl, else xferlog.")
    @Nullable
    Path accessLog;

    @Option(names = "--verbose", description = "Log what happens to the error output.")
    boolean verbose;

    /** A complaint about the command line: one line, exit code 2. */
    ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    /** Whether there is something to serve, and each on a port of its own. */
    void check() {
        if (ftp.isOff() && ftps.isOff() && sftp.isOff()) {
            throw wrong("nothing to serve: --ftp, --ftps and --sftp are off");
        }
        requireDifferent("--ftp, --ftps", ftp, ftps);
        requireDifferent("--ftp, --sftp", ftp, sftp);
        requireDifferent("--ftps, --sftp", ftps, sftp);
    }

    private void requireDifferent(String options, PortOrOff one, PortOrOff other) {
        if (one.number() > 0 && one.number() == other.number()) {
            throw wrong(options + ": both are " + one + "; each needs a port of its own");
        }
    }

    /** Whether FTP is served, on either of its ports. */
    boolean isFtpServed() {
        return !ftp.isOff() || !ftps.isOff();
    }
}
