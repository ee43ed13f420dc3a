package io.portolan.ftp.client.internal.command;

import java.util.Objects;

/** What may stand in a command. */
public final class CommandText {

    private CommandText() {}

    /**
     * Refuses what would end the command and begin another. It is not taken out, as the rest would mean something else.
     *
     * @param what the setting or parameter
     * @return the text
     * @throws IllegalArgumentException if it has a CR, LF or NUL in it
     */
    public static String check(String what, String text) {
        Objects.requireNonNull(text, what);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException(what + ": CR, LF and NUL cannot be sent");
            }
        }
        return text;
    }

    /** A verb: letters and digits, as those of all commands. */
    public static String verb(String verb) {
        if (verb.isEmpty() || !verb.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))) {
            throw new IllegalArgumentException("verb: is not made of letters and digits");
        }
        return verb;
    }

    /** A path: what {@link #check} lets through, and something. */
    public static String path(String path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("path: is empty");
        }
        return check("path", path);
    }
}
