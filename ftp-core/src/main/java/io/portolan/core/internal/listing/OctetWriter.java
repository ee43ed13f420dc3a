package io.portolan.core.internal.listing;

import io.netty.buffer.ByteBuf;
import io.portolan.core.internal.codec.ControlCharacters;
import io.portolan.core.internal.codec.ControlCharset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of octets that listings are written into: fill it with a batch of lines, drain it, fill it again. A plain array, because writing single
 * octets into it is several times as fast as into a {@link ByteBuf}. Not for several threads at a time.
 */
public final class OctetWriter {

    private static final int FIRST_CAPACITY = 4096;

    private byte[] octets = new byte[FIRST_CAPACITY];
    private int length;
    /** How many of them {@link #drainTo(ByteBuffer)} has taken already. */
    private int taken;

    /** How many octets are in it. */
    public int length() {
        return length - taken;
    }

    /**
     * Moves as many octets as there is room for. Nothing is to be written before all are taken.
     *
     * @return how many were moved
     */
    public int drainTo(ByteBuffer out) {
        int moved = Math.min(out.remaining(), length - taken);
        out.put(octets, taken, moved);
        taken += moved;
        if (taken == length) {
            taken = 0;
            length = 0;
        }
        return moved;
    }

    /** Moves all octets to the end of a buffer; this is empty then. */
    public void drainTo(ByteBuf out) {
        out.writeBytes(octets, 0, length);
        length = 0;
    }

    /** Moves all octets into an array of their own. */
    public byte[] drain() {
        byte[] all = Arrays.copyOf(octets, length);
        length = 0;
        return all;
    }

    /** A copy of the octets. */
    public byte[] toByteArray() {
        return Arrays.copyOf(octets, length);
    }

    /** Forgets what was written behind a position. */
    void truncate(int newLength) {
        length = newLength;
    }

    /** Makes room, for {@link #octet} and the methods that say that they make none. */
    void reserve(int more) {
        if (more > octets.length - length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
        }
    }

    /** One octet; makes no room. */
    void octet(char c) {
        octets[length++] = (byte) c;
    }

    /** Octets; makes no room. */
    void octets(byte[] source) {
        System.arraycopy(source, 0, octets, length, source.length);
        length += source.length;
    }

    void lineEnd() {
        reserve(2);
        octet('\r');
        octet('\n');
    }

    /** ASCII text that is known to be harmless. */
    void ascii(String text) {
        reserve(text.length());
        copyAscii(text);
    }

    /** A number, at least {@code width} octets wide, padded on the left with spaces; makes no room. */
    void number(long value, int width) {
        int digits = digits(value);
        for (int i = digits; i < width; i++) {
            octet(' ');
        }
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            long tenth = rest / 10;
            octets[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        length += digits;
    }

    private static int digits(long value) {
        int digits = 1;
        long limit = 10;
        while (digits < 19 && value >= limit) {
            digits++;
            limit *= 10;
        }
        return digits;
    }

    /** A number of two digits; makes no room. */
    void twoDigits(int value) {
        octets[length++] = (byte) ('0' + value / 10);
        octets[length++] = (byte) ('0' + value % 10);
    }

    /** A number of four digits; makes no room. */
    void fourDigits(int value) {
        twoDigits(value / 100);
        twoDigits(value % 100);
    }

    /** A name in the session's charset; tells whether it was written, which it is not with a control character in it. */
    boolean name(String name, ControlCharset charset) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x7f) {
                return beyondAscii(name, charset);
            }
        }
        ascii(name);
        return true;
    }

    private boolean beyondAscii(String name, ControlCharset charset) {
        if (ControlCharacters.isIn(name)) {
            return false;
        }
        byte[] encoded = charset.encode(name);
        reserve(encoded.length);
        octets(encoded);
        return true;
    }

    @SuppressWarnings("deprecation") // the method that narrows characters to octets: the text is ASCII
    private void copyAscii(String text) {
        text.getBytes(0, text.length(), octets, length);
        length += text.length();
    }

    /** The octets as ASCII text. */
    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
