package io.portolan.ssh.internal.wire;

import io.netty.buffer.ByteBuf;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the data types of RFC 4251 section 5. Whoever wrote a secret calls {@link #wipe()} when it is used up; the arrays left behind while
 * growing are zeroed at once. Not thread-safe.
 */
public final class SshWriter {

    private static final int INITIAL_CAPACITY = 128;

    private byte[] octets;
    private int size;

    public SshWriter() {
        this(INITIAL_CAPACITY);
    }

    public SshWriter(int capacity) {
        octets = new byte[capacity];
    }

    /** A {@code byte}: the lowest eight bits. */
    public SshWriter writeByte(int value) {
        ensure(1);
        octets[size++] = (byte) value;
        return this;
    }

    /** A {@code boolean}: 1 or 0. */
    public SshWriter writeBoolean(boolean value) {
        return writeByte(value ? 1 : 0);
    }

    /**
     * A {@code uint32}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public SshWriter writeUint32(long value) {
        if (value >>> 32 != 0) {
            throw new IllegalArgumentException("no uint32: " + value);
        }
        ensure(Integer.BYTES);
        for (int shift = 24; shift >= 0; shift -= 8) {
            octets[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A {@code uint64}; a negative one stands for 2^63 and more. */
    public SshWriter writeUint64(long value) {
        return writeUint32(value >>> 32).writeUint32(value & 0xffff_ffffL);
    }

    /** Octets without a length before them. */
    public SshWriter writeBytes(byte[] value) {
        return writeBytes(value, 0, value.length);
    }

    /** Octets of an array, without a length before them. */
    public SshWriter writeBytes(byte[] value, int offset, int length) {
        ensure(length);
        System.arraycopy(value, offset, octets, size, length);
        size += length;
        return this;
    }

    /** A {@code string}. */
    public SshWriter writeString(byte[] value) {
        return writeUint32(value.length).writeBytes(value);
    }

    /** A {@code string} of text in UTF-8. */
    public SshWriter writeString(String text) {
        return writeString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** An {@code mpint}. */
    public SshWriter writeMpint(BigInteger value) {
        return value.signum() == 0 ? writeUint32(0) : writeString(value.toByteArray());
    }

    /**
     * An {@code mpint} from a number of fixed width without a sign, the first octet the highest. This road has no {@link BigInteger}, whose copies
     * of a secret could not be wiped.
     */
    public SshWriter writeMpint(byte[] magnitude) {
        int start = 0;
        while (start < magnitude.length && magnitude[start] == 0) {
            start++;
        }
        int length = magnitude.length - start;
        boolean sign = length > 0 && magnitude[start] < 0;
        writeUint32(sign ? length + 1L : length);
        if (sign) {
            writeByte(0);
        }
        return writeBytes(magnitude, start, length);
    }

    /** A {@code name-list}; what is in it is our own choice and therefore not checked. */
    public SshWriter writeNameList(List<String> names) {
        return writeString(String.join(",", names));
    }

    /** How many octets are written. */
    public int size() {
        return size;
    }

    /** A copy of what is written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(octets, size);
    }

    /** Appends what is written to a buffer. */
    public void writeTo(ByteBuf buffer) {
        buffer.writeBytes(octets, 0, size);
    }

    /** Zeroes what is written, and begins anew. */
    public void wipe() {
        Arrays.fill(octets, (byte) 0);
        size = 0;
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > octets.length) {
            byte[] larger =
                    Arrays.copyOf(octets, Math.max(needed, (int) Math.min(2L * octets.length, Integer.MAX_VALUE - 8)));
            Arrays.fill(octets, (byte) 0);
            octets = larger;
        }
    }
}
