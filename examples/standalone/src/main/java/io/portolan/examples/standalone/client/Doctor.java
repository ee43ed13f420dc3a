package io.portolan.examples.standalone.client;

import io.portolan.check.CheckReport;
import io.portolan.check.EndpointCheck;
import io.portolan.ftp.client.FtpEndpointCheck;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpEndpointCheck;
import io.portolan.sftp.client.SshConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a server cannot be used. Exit code 1 if something failed. */
@Command(
        name = "doctor",
        description =
                "Finds out, step by step, why a server cannot be used: what is to blame, and what to change on which side.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Doctor implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    PasswordOptions password = new PasswordOptions();

    @Mixin
    SshOptions ssh = new SshOptions();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "sftp: trust the host key with this fingerprint, and no other.")
    @Nullable
    String fingerprint;

    @Option(names = "--insecure", description = "Log in although the certificate or host key is not to be trusted.")
    boolean insecure;

    @Option(
            names = "--upload",
            paramLabel = "PATH",
            description = "A file to write and to delete again. Without it nothing is written.")
    @Nullable
    String upload;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Parameters(
            paramLabel = "URL",
            description =
                    "ftp:// (in the clear), ftpes:// (explicit TLS), ftps:// (implicit TLS) or sftp://, [USER@]HOST[:PORT].")
    String url = "";

    @Override
    public Integer call() throws IOException {
        EndpointCheck check = check();
        CheckReport report;
        Interruption interruption = Interruption.ofThisThread();
        try {
            report = check.run();
        } finally {
            interruption.close();
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.toJson() + "\n" : report.toText());
        out.flush();
        return report.isHealthy() ? 0 : 1;
    }

    private EndpointCheck check() throws IOException {
        try {
            URI address = new URI(url);
            return "sftp".equals(address.getScheme()) ? sftp(address) : ftp(address);
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw wrong("URL: " + (e instanceof URISyntaxException syntax ? syntax.getReason() : e.getMessage()));
        }
    }

    private EndpointCheck ftp(URI address) throws IOException {
        if (ssh.isAny() || fingerprint != null) {
            throw wrong(
                    "--known-hosts, --accept-new, --identity, --no-agent, --ssh-config, --jump and --fingerprint are for sftp://");
        }
        FtpEndpointCheck.Builder check = FtpEndpointCheck.of(address).insecure(insecure);
        String user = address.getUserInfo();
        if (user != null) {
            check.login(user, password.read(false));
        }
        if (upload != null) {
            check.upload(upload);
        }
        return check.build();
    }

    private EndpointCheck sftp(URI address) throws IOException {
        if (!ssh.jumps.isEmpty()) {
            throw wrong("--jump: the doctor looks at servers that it can reach itself; ask for the jump host first");
        }
        HostKeys hostKeys = ssh.hostKeys(spec, fingerprint, insecure);
        RemoteUrl.Server server = RemoteUrl.parse(url).server();
        SshConfig config = ssh.settings(server);
        SftpEndpointCheck.Builder check;
        if (config == null) {
            check = SftpEndpointCheck.of(address).hostKeys(hostKeys);
            String user = server.user().orElseGet(() -> System.getProperty("user.name", ""));
            check.login(user, ssh.login(spec, password, false));
        } else {
            check = config.check(server.host(), SshOptions.typed(spec, false));
            check.login(config.user(server.host()), ssh.login(spec, config, server.host(), password, false));
            if (ssh.isTrusting(fingerprint, insecure)) {
                check.hostKeys(hostKeys);
            }
        }
        if (upload != null) {
            check.upload(upload);
        }
        return check.build();
    }

    private ParameterException wrong(String words) {
        return new ParameterException(spec.commandLine(), words);
    }
}
