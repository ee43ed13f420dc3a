package io.portolan.core.internal.codec;

import java.util.Optional;

/** The path in a 257 reply: in double quotes, those within doubled (RFC 959, appendix II). */
public final class QuotedPath {

    private QuotedPath() {}

    /** The path in quotes. */
    public static String quote(String path) {
        return '"' + path.replace("\"", "\"\"") + '"';
    }

    /** The path that a reply's text begins with, whatever comes behind it; empty if there are no quotes around one. */
    public static Optional<String> unquote(String text) {
        if (!text.startsWith("\"")) {
            return Optional.empty();
        }
        StringBuilder path = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (i + 1 == text.length() || text.charAt(i + 1) != '"') {
                    return Optional.of(path.toString());
                }
                i++;
            }
            path.append(c);
        }
        return Optional.empty();
    }
}
