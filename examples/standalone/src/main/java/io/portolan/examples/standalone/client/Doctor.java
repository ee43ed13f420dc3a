package io.portolan.examples.standalone;

import io.portolan.check.CheckReport;
import io.portolan.ftp.client.FtpEndpointCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
final class Doctor implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password; without it one is asked for if the URL has a user.")
    @Nullable
    Path passwordFile;

    @Option(names = "--insecure", description = "Log in although the certificate is not to be trusted.")
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
                    "ftp:// (in the clear), ftpes:// (explicit TLS) or ftps:// (implicit TLS), [USER@]HOST[:PORT].")
    String url = "";

    @Override
    public Integer call() throws IOException {
        CheckReport report = check().run();
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.toJson() + "\n" : report.toText());
        out.flush();
        return report.isHealthy() ? 0 : 1;
    }

    private FtpEndpointCheck check() throws IOException {
        try {
            URI address = new URI(url);
            FtpEndpointCheck.Builder check = FtpEndpointCheck.of(address).insecure(insecure);
            String user = address.getUserInfo();
            if (user != null) {
                check.login(user, password());
            }
            if (upload != null) {
                check.upload(upload);
            }
            return check.build();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "URL: " + e.getMessage());
        }
    }

    private String password() throws IOException {
        Path file = passwordFile;
        if (file == null) {
            return new String(PasswordPrompt.read(spec));
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("");
        }
    }
}
