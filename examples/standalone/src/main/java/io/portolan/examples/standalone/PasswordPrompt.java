package io.portolan.examples.standalone;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import picocli.CommandLine.Model.CommandSpec;

/** Asks for a password, on the error output, so that what a command prints can go to a file. */
public final class PasswordPrompt {

    private PasswordPrompt() {}

    /** From the terminal without showing it, or else a line of the input; empty if there is none. */
    @SuppressWarnings("SystemConsoleNull") // what newer JDKs give for a pipe reads it as well
    public static char[] read(CommandSpec spec) throws IOException {
        Console console = System.console();
        if (console != null) {
            spec.commandLine().getErr().print("Password: ");
            spec.commandLine().getErr().flush();
            char[] typed = console.readPassword();
            return typed == null ? new char[0] : typed;
        }
        String line = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }
}
