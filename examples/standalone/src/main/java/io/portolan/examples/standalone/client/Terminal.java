package io.portolan.examples.standalone.client;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether a person is looking. */
final class Terminal {

    /** Where Linux says what the error output is. */
    private static final Path ERROR_OUTPUT = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** Whether the error output goes to a terminal that can move its cursor. */
    static boolean isErrorOutput() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        if (Files.isSymbolicLink(ERROR_OUTPUT)) {
            try {
                String device = Files.readSymbolicLink(ERROR_OUTPUT).toString();
                return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
            } catch (IOException e) {
                return false;
            }
        }
        return isConsole(System.console());
    }

    /** JDK 22 to 24 have a console for what is none, and tell the difference by a method that older ones do not have. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isConsole(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
