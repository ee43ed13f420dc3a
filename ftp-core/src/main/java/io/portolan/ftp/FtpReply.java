package io.portolan.ftp;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reply on the control connection (RFC 959, section 4.2): a code and one or more lines of text. Immutable.
 *
 * <p>The text may hold anything: whatever could end a line early is replaced when the reply is sent, so no text, such as a file's name or a banner, can
 * forge another reply.
 */
public final class FtpReply {

    private static final int MIN_CODE = 100;
    /** RFC 2228 adds 6yz, the protected replies. */
    private static final int MAX_CODE = 699;

    private final int code;
    private final List<String> lines;

    private FtpReply(int code, List<String> lines) {
        if (code < MIN_CODE || code > MAX_CODE) {
            throw new IllegalArgumentException("code: " + code + " is not within " + MIN_CODE + " to " + MAX_CODE);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("lines: a reply has at least one");
        }
        this.code = code;
        this.lines = lines;
    }

    /**
     * A reply of one line.
     *
     * @param code the code
     * @param text the text behind it
     * @return the reply
     */
    public static FtpReply of(FtpReplyCode code, String text) {
        return of(code.value(), text);
    }

    /**
     * A reply of one line.
     *
     * @param code the code, 100 to 699
     * @param text the text behind it
     * @return the reply
     * @throws IllegalArgumentException if the code lies outside
     */
    public static FtpReply of(int code, String text) {
        return new FtpReply(code, List.of(text));
    }

    /**
     * A reply of several lines. The first and the last get the code; those between are sent as they are (for FEAT and MLST with the leading space that
     * their RFCs ask for), but one that begins with a digit gets a space before it, so that it cannot be taken for the end.
     *
     * @param code the code
     * @param lines the lines, at least one
     * @return the reply
     * @throws IllegalArgumentException if there is no line
     */
    public static FtpReply multiline(FtpReplyCode code, List<String> lines) {
        return multiline(code.value(), lines);
    }

    /**
     * A reply of several lines, as {@link #multiline(FtpReplyCode, List)} makes it.
     *
     * @param code the code, 100 to 699
     * @param lines the lines, at least one
     * @return the reply
     * @throws IllegalArgumentException if there is no line, or the code lies outside
     */
    public static FtpReply multiline(int code, List<String> lines) {
        return new FtpReply(code, List.copyOf(lines));
    }

    /**
     * The code.
     *
     * @return 100 to 699
     */
    public int code() {
        return code;
    }

    /**
     * The text.
     *
     * @return the lines without codes and line ends, at least one; unmodifiable
     */
    public List<String> lines() {
        return lines;
    }

    /**
     * Whether another reply follows to the same command.
     *
     * @return whether the code is 1yz
     */
    public boolean isPreliminary() {
        return code / 100 == 1;
    }

    /**
     * Whether the command succeeded.
     *
     * @return whether the code is 2yz
     */
    public boolean isPositive() {
        return code / 100 == 2;
    }

    /**
     * Whether the command waits for another one, such as PASS after USER.
     *
     * @return whether the code is 3yz
     */
    public boolean isIntermediate() {
        return code / 100 == 3;
    }

    /**
     * Whether the command failed and may succeed when it is repeated.
     *
     * @return whether the code is 4yz
     */
    public boolean isTransientError() {
        return code / 100 == 4;
    }

    /**
     * Whether the command failed and will fail again.
     *
     * @return whether the code is 5yz
     */
    public boolean isPermanentError() {
        return code / 100 == 5;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FtpReply reply && code == reply.code && lines.equals(reply.lines);
    }

    @Override
    public int hashCode() {
        return Objects.hash(code, lines);
    }

    /** The reply as on the wire, its lines separated by line feeds; control characters in the text are shown as {@code ?}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        int last = lines.size() - 1;
        for (int i = 0; i <= last; i++) {
            String line = lines.get(i);
            if (i == last) {
                out.append(code).append(' ');
            } else if (i == 0) {
                out.append(code).append('-');
            } else if (startsWithDigit(line)) {
                out.append(' ');
            }
            for (int at = 0; at < line.length(); at++) {
                char c = line.charAt(at);
                out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
            }
            if (i != last) {
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static boolean startsWithDigit(String line) {
        return !line.isEmpty() && line.charAt(0) >= '0' && line.charAt(0) <= '9';
    }
}
