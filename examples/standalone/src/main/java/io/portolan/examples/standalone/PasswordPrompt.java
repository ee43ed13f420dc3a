package io.portolan.examples.standalone;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Asks for a password, on the error output, so that what a command prints can go to a file. */
public final class PasswordPrompt {

    /** Where Linux says what the input is. */
    private static final Path INPUT = Path.of("/proc/self/fd/0");

    private PasswordPrompt() {}

    static boolean isTerminal(Path link) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            return false;
        }
        String device = Files.readSymbolicLink(link).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    }

    /** From the terminal without showing it, or else a line of the input; empty if there is none. */
    public static char[] read(CommandSpec spec) throws IOException {
        return read(spec, "Password");
    }

    /**
     * As {@link #read(CommandSpec)}, of another secret.
     *
     * @param spec whose error output asks
     * @param what what is asked for
     * @return the secret
     * @throws IOException if what is typed would be seen, or nothing can be read
     */
    @SuppressWarnings("SystemConsoleNull") // what newer JDKs give for a pipe reads it as well
    public static char[] read(CommandSpec spec, String what) throws IOException {
        Console console = System.console();
        if (console != null) {
            spec.commandLine().getErr().print(what + ": ");
            spec.commandLine().getErr().flush();
            char[] typed = console.readPassword();
            return typed == null ? new char[0] : typed;
        }
        if (isTerminal(INPUT)) {
            // Java has no console when the output goes elsewhere, and cannot turn off what the terminal shows
            throw new IOException(
                    what.toLowerCase(Locale.ROOT)
                            + ": would be seen while it is typed, as the output is no terminal; let a file or a variable have it");
        }
        String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }
}
