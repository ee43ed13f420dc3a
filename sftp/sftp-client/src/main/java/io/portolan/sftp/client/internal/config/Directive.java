package io.portolan.sftp.client.internal.config;

import java.util.ArrayList;
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
        List<String> arguments = split(rest, where);
        if (arguments.isEmpty()) {
            throw new ConfigException(where + ": there is nothing behind " + text.substring(0, end));
        }
        return Optional.of(new Directive(text.substring(0, end).toLowerCase(Locale.ROOT), arguments, where));
    }

    /** Blanks separate, but not within quotation marks; a number sign begins a comment. */
    private static List<String> split(String text, String where) throws ConfigException {
        List<String> parts = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
            } else if (c == '#') {
                break;
            } else {
                boolean quoted = c == '"';
                int start = quoted ? i + 1 : i;
                int end = start;
                while (end < text.length()
                        && (quoted ? text.charAt(end) != '"' : !Character.isWhitespace(text.charAt(end)))) {
                    end++;
                }
                if (quoted && end == text.length()) {
                    throw new ConfigException(where + ": a quotation mark is missing");
                }
                parts.add(text.substring(start, end));
                i = quoted ? end + 1 : end;
            }
        }
        return parts;
    }
}
