package io.portolan.core.internal.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How text and bytes of a control connection and of listings belong together (RFC 2640). Immutable.
 *
 * <p>In UTF-8 mode bytes are read as UTF-8 if they are valid UTF-8, else in the fallback charset, since many clients send names in a charset of their own
 * without saying so; text is always written as UTF-8. After {@code OPTS UTF8 OFF} both go by the fallback charset alone.
 */
public final class ControlCharset {

    /** UTF-8, with ISO 8859-1 as the fallback because every byte means something in it. */
    public static final ControlCharset UTF_8 = utf8(StandardCharsets.ISO_8859_1);

    private static final String REPLACEMENT = "\uFFFD";

    private final Charset fallback;
    private final boolean utf8;

    private ControlCharset(Charset fallback, boolean utf8) {
        this.fallback = Objects.requireNonNull(fallback, "charset");
        this.utf8 = utf8;
        requireSafe(fallback);
    }

    /**
     * UTF-8 with a fallback for bytes that are not UTF-8.
     *
     * @param fallback a superset of ASCII
     * @return the charset
     * @throws IllegalArgumentException if the fallback is no superset of ASCII, or uses ASCII's control characters for something else
     */
    public static ControlCharset utf8(Charset fallback) {
        return new ControlCharset(fallback, true);
    }

    /**
     * One charset for both directions.
     *
     * @param charset a superset of ASCII
     * @return the charset
     * @throws IllegalArgumentException as for {@link #utf8}
     */
    public static ControlCharset only(Charset charset) {
        return new ControlCharset(charset, charset.equals(StandardCharsets.UTF_8));
    }

    /** Whether text is written as UTF-8. */
    public boolean isUtf8() {
        return utf8;
    }

    /** The charset for what is not UTF-8. */
    public Charset fallback() {
        return fallback;
    }

    /** The charset that text is written in. */
    public Charset encoding() {
        return utf8 ? StandardCharsets.UTF_8 : fallback;
    }

    /**
     * Bytes to text; never fails.
     *
     * @param bytes the array
     * @param offset where the text begins
     * @param length how many bytes it has
     * @return the text
     */
    public String decode(byte[] bytes, int offset, int length) {
        if (!utf8) {
            return new String(bytes, offset, length, fallback);
        }
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        // A replacement character is either what the peer sent or the mark of malformed input; only then is the strict
        // decoder asked.
        if (text.contains(REPLACEMENT) && !isUtf8(bytes, offset, length)) {
            return new String(bytes, offset, length, fallback);
        }
        return text;
    }

    /**
     * Text to bytes. A character that the charset lacks becomes {@code ?}.
     *
     * @param text the text
     * @return its bytes
     */
    public byte[] encode(String text) {
        return text.getBytes(encoding());
    }

    private static boolean isUtf8(byte[] bytes, int offset, int length) {
        try {
            CharBuffer ignored = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** A charset that writes other characters with the bytes of CR, LF or IAC's kin would let a name split a line. */
    private static void requireSafe(Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)
                || charset.equals(StandardCharsets.ISO_8859_1)
                || charset.equals(StandardCharsets.US_ASCII)) {
            return;
        }
        StringBuilder ascii = new StringBuilder();
        for (char c = 0; c < 0x80; c++) {
            ascii.append(c);
        }
        StringBuilder others = new StringBuilder();
        for (char c = 0x80; c < Character.MIN_SURROGATE; c++) {
            others.append(c);
        }
        if (!charset.canEncode()
                || !ascii.toString()
                        .equals(new String(ascii.toString().getBytes(StandardCharsets.US_ASCII), charset))) {
            throw unsafe(charset);
        }
        for (byte b : others.toString().getBytes(charset)) {
            if (b >= 0 && b < ' ' || b == 0x7f) {
                throw unsafe(charset);
            }
        }
    }

    private static IllegalArgumentException unsafe(Charset charset) {
        return new IllegalArgumentException("charset: " + charset + " is not a superset of ASCII");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ControlCharset charset && utf8 == charset.utf8 && fallback.equals(charset.fallback);
    }

    @Override
    public int hashCode() {
        return Objects.hash(utf8, fallback);
    }

    @Override
    public String toString() {
        return utf8 ? "UTF-8, else " + fallback : fallback.toString();
    }
}
