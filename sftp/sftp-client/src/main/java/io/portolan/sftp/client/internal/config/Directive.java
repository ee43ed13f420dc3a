package io.portolan.sftp.client.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One line: a keyword and what is behind it.
 *
 * @param keyword in lower case
 * @param arguments at least one
 * @param where file and line, for messages
 */
public record Directive(String keyword, List<String> arguments, String where) {

    /** Several paths, or all algorithms there are. */
    static final int MAX_CHARACTERS = 16 * 1024;

    public Directive {
        arguments = List.copyOf(arguments);
    }

    /** The first argument; most keywords have one only. */
    public String argument() {
        return arguments.get(0);
    }

    /** Where it stands and what it is, for messages. */
    String told() {
        return where + ": " + keyword;
    }

    /** Reads a line; nothing if it is empty or a comment. */
    static Optional<Directive> parse(String line, String where) throws ConfigException {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        if (text.length() > MAX_CHARACTERS) {
            throw new ConfigException(where + ": the line is too long");
        }
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != '=') {
            end++;
        }
        String rest = text.substring(end).strip();
        if (rest.startsWith("=")) {
            rest = rest.substring(1).strip();
        }
        List<String> arguments = Words.of(rest, where);
        if (arguments.isEmpty() || arguments.get(0).isEmpty()) {
            throw new ConfigException(where + ": there is nothing behind " + text.substring(0, end));
        }
        return Optional.of(new Directive(text.substring(0, end).toLowerCase(Locale.ROOT), arguments, where));
    }
}
