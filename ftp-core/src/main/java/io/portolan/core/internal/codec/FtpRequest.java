package io.portolan.core.internal.codec;

import java.util.Objects;

/**
 * A command line (RFC 959, section 5.3).
 *
 * @param verb the command, visible ASCII only, in upper case (of ASCII's letters only: no locale, no other alphabet)
 * @param argument what stands behind the one space that follows the verb, untouched; empty if there is nothing
 */
public record FtpRequest(String verb, String argument) implements RequestLine {

    private static final int MAX_SHOWN = 256;

    /** Checks the components. */
    public FtpRequest {
        Objects.requireNonNull(argument, "argument");
        if (verb.isEmpty()) {
            throw new IllegalArgumentException("verb: empty");
        }
    }

    /** Whether there is an argument. */
    public boolean hasArgument() {
        return !argument.isEmpty();
    }

    /** For logs: one line, secrets masked, everything but visible ASCII and letters escaped, shortened. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(Math.min(verb.length() + 1 + argument.length(), MAX_SHOWN));
        escape(verb, out);
        if (!argument.isEmpty()) {
            out.append(' ');
            if (isSecret()) {
                out.append("****");
            } else {
                escape(argument, out);
            }
        }
        return out.toString();
    }

    private boolean isSecret() {
        return switch (verb) {
            case "PASS", "ACCT", "ADAT", "MIC", "CONF", "ENC" -> true;
            default -> false;
        };
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            if (out.length() >= MAX_SHOWN) {
                out.append('…');
                return;
            }
            char c = text.charAt(i);
            if (c == '\\') {
                out.append("\\\\");
            } else if (c >= ' ' && c < 0x7f || c > 0x7f && Character.isLetterOrDigit(c)) {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
    }
}
