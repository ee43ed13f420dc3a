package io.portolan.core.internal.codec;

/**
 * A line that is no request; the server answers 500 or 501.
 *
 * @param reason what is wrong with it
 */
public record MalformedRequest(Reason reason) implements RequestLine {

    /** What can be wrong with a line. */
    public enum Reason {
        /** There is nothing in it. */
        EMPTY("empty line"),
        /** It does not begin with a word of visible ASCII characters. */
        NO_VERB("not a command"),
        /** A NUL stands somewhere else than behind a CR. */
        NUL("NUL in the command"),
        /** It is longer than the limit; the rest of it is skipped. */
        TOO_LONG("line too long");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** A few words for the reply. */
        public String text() {
            return text;
        }
    }
}
