package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.PasswordPrompt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Where the password comes from. */
final class PasswordOptions {

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password; without it one is asked for if the URL has a user.")
    @Nullable
    Path file;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Environment variable that holds the password; none is looked at unless it is named here.")
    @Nullable
    String variable;

    boolean isGiven() {
        return file != null || variable != null;
    }

    /** The password, for which somebody is asked unless it is given or the input is something else. */
    String read(boolean inputIsData) throws IOException {
        if (file != null && variable != null) {
            throw wrong("--password-file, --password-env: one of them only");
        }
        if (variable != null) {
            String value = System.getenv(variable);
            if (value == null) {
                throw wrong("--password-env: there is no such variable");
            }
            return value;
        }
        if (file != null) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
                return lines.findFirst().orElse("");
            }
        }
        if (inputIsData) {
            throw wrong("the input is the file, so give the password by --password-file or --password-env");
        }
        return new String(PasswordPrompt.read(command));
    }

    private ParameterException wrong(String words) {
        return new ParameterException(command.commandLine(), words);
    }
}
