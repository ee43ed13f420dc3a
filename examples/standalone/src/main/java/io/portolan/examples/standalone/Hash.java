package io.portolan.examples.standalone;

import io.portolan.auth.PasswordHash;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a line for the password file. */
@Command(
        name = "hash",
        description = "Asks for a password, or reads a line, and prints the user's line for --password-file.",
        mixinStandardHelpOptions = true)
final class Hash implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The user.")
    private String name = "";

    @Override
    public Integer call() throws IOException {
        if (name.isEmpty()
                || name.startsWith("#")
                || name.contains(":")
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new ParameterException(
                    spec.commandLine(), "NAME: is empty, begins with '#', or holds ':' or a control character");
        }
        char[] password = PasswordPrompt.read(spec);
        try {
            if (password.length == 0) {
                throw new ParameterException(spec.commandLine(), "no password given");
            }
            spec.commandLine()
                    .getOut()
                    .println(name + ":" + PasswordHash.of(password).encoded());
            spec.commandLine().getOut().flush();
            return 0;
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
