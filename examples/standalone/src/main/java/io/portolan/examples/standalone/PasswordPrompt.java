package io.portolan.examples.standalone;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Asks for a password, on the error output, so that what a command prints can go to a file. */
public final class PasswordPrompt {

    /** Where Linux says what the input is. */
    private static final Path INPUT = Path.of("/proc/self/fd/0");

    /** More than any password or one-time code. */
    static final int MAX_LINE = 4096;

    private PasswordPrompt() {}

    /**
     * Whether somebody may be there to type.
     *
     * @return whether the input is a terminal
     * @throws IOException if that cannot be found out
     */
    public static boolean isTyped() throws IOException {
        return isTerminal(INPUT);
    }

    static boolean isTerminal(Path link) throws IOException {
        if (!Files.isSymbolicLink(link)) {
            return false;
        }
        String device = Files.readSymbolicLink(link).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    }

    /** From the terminal without showing it, or else the next line of the input; empty if there is none. */
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
        if (isTyped()) {
            // Java has no console when the output goes elsewhere, and cannot turn off what the terminal shows
            throw new IOException(
                    what.toLowerCase(Locale.ROOT)
                            + ": would be seen while it is typed, as the output is no terminal; let a file or a variable have it");
        }
        return line(System.in);
    }

    /**
     * Asks for what may be seen while it is typed.
     *
     * @param spec whose error output asks
     * @param what what is asked for
     * @return what was typed; empty if there is none
     * @throws IOException if nothing can be read
     */
    public static char[] readVisible(CommandSpec spec, String what) throws IOException {
        if (isTyped()) {
            spec.commandLine().getErr().print(what + ": ");
            spec.commandLine().getErr().flush();
        }
        return line(System.in);
    }

    /** One line and nothing of the next, which is the answer to the next question. */
    static char[] line(InputStream input) throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        for (int octet = input.read(); octet >= 0 && octet != '\n'; octet = input.read()) {
            if (length == line.length) {
                throw new IOException("a line of the input has more than " + MAX_LINE + " octets");
            }
            line[length++] = (byte) octet;
        }
        CharBuffer text = Charset.defaultCharset().decode(ByteBuffer.wrap(line, 0, length));
        Arrays.fill(line, (byte) 0);
        char[] typed = new char[text.remaining()];
        text.get(typed);
        Arrays.fill(text.array(), '\0');
        boolean returned = typed.length > 0 && typed[typed.length - 1] == '\r';
        return returned ? Arrays.copyOf(typed, typed.length - 1) : typed;
    }
}
