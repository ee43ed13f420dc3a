package io.portolan.ssh.internal.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the data types of RFC 4251 section 5 from octets that are already here. A length that the peer claims is compared with what is left
 * before anything is allocated by it; whatever does not fit is an {@link SshProtocolException}, and nothing else is ever thrown.
 *
 * <p>Not thread-safe. What is handed out as an array is a copy; a nested reader looks at the same octets.
 */
public final class SshReader {

    private final byte[] octets;
    private final int end;
    private int position;

    /** Reads all of an array, which must not change meanwhile. */
    public SshReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    /** Reads a part of an array, which must not change meanwhile. */
    public SshReader(byte[] octets, int offset, int length) {
        this.position = offset;
        this.end = offset + length;
        this.octets = octets;
    }

    /**
     * Reads what is readable in a buffer, without moving its index. A buffer on the heap is not copied: it has to live as long as the reader.
     */
    public static SshReader of(ByteBuf buffer) {
        if (buffer.hasArray()) {
            return new SshReader(buffer.array(), buffer.arrayOffset() + buffer.readerIndex(), buffer.readableBytes());
        }
        return new SshReader(ByteBufUtil.getBytes(buffer));
    }

    /** How many octets are left. */
    public int remaining() {
        return end - position;
    }

    /** Refuses octets that nobody asked for. */
    public void expectEnd() throws SshProtocolException {
        if (position != end) {
            throw SshProtocolException.malformed(remaining() + " octets too many");
        }
    }

    /** A {@code byte}, from 0 to 255. */
    public int readByte() throws SshProtocolException {
        require(1);
        return octets[position++] & 0xff;
    }

    /** A {@code boolean}: whatever is not 0 is true, as the RFC asks of readers. */
    public boolean readBoolean() throws SshProtocolException {
        return readByte() != 0;
    }

    /** A {@code uint32}, from 0 to 2^32 - 1. */
    public long readUint32() throws SshProtocolException {
        require(Integer.BYTES);
        long value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | octets[position++] & 0xff;
        }
        return value;
    }

    /** A {@code uint64}; from 2^63 on it looks negative. */
    public long readUint64() throws SshProtocolException {
        long high = readUint32();
        return high << 32 | readUint32();
    }

    /** Octets without a length before them. */
    public byte[] readBytes(int count) throws SshProtocolException {
        if (count < 0) {
            throw new IllegalArgumentException("count " + count);
        }
        require(count);
        position += count;
        return Arrays.copyOfRange(octets, position - count, position);
    }

    /** All that is left. */
    public byte[] readRest() {
        byte[] rest = Arrays.copyOfRange(octets, position, end);
        position = end;
        return rest;
    }

    /** A {@code string} of octets. */
    public byte[] readString() throws SshProtocolException {
        return readBytes(readLength());
    }

    /** A {@code string} of at most so many octets. */
    public byte[] readString(int maxOctets) throws SshProtocolException {
        return readBytes(readLength(maxOctets));
    }

    /** A {@code string} that has data types inside; the outer reader goes on behind it. */
    public SshReader readNested() throws SshProtocolException {
        int length = readLength();
        SshReader nested = new SshReader(octets, position, length);
        position += length;
        return nested;
    }

    /** A {@code string} that is text in UTF-8; octets that are no UTF-8 are refused, not replaced. */
    public String readUtf8(int maxOctets) throws SshProtocolException {
        int length = readLength(maxOctets);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, position, length))
                    .toString();
            position += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new SshProtocolException(DisconnectReason.PROTOCOL_ERROR, "text that is not UTF-8", e);
        }
    }

    /** A {@code string} that is one name of RFC 4251 section 6: 1 to 64 printable US-ASCII characters without blanks and commas. */
    public String readName() throws SshProtocolException {
        int length = readLength(NameListLimits.MAX_NAME_OCTETS);
        String name = name(position, position + length);
        position += length;
        return name;
    }

    /** An {@code mpint}; one with octets that it does not need is refused, so that each number has one form only. */
    public BigInteger readMpint() throws SshProtocolException {
        int length = readLength();
        int start = position;
        position += length;
        if (length == 0) {
            return BigInteger.ZERO;
        }
        boolean zero = octets[start] == 0 && (length == 1 || octets[start + 1] >= 0);
        boolean ones = octets[start] == -1 && length > 1 && octets[start + 1] < 0;
        if (zero || ones) {
            throw SshProtocolException.malformed("an mpint with a leading octet that it does not need");
        }
        return new BigInteger(octets, start, length);
    }

    /** An {@code mpint} that may not be negative and has at most so many bits. */
    public BigInteger readUnsignedMpint(int maxBits) throws SshProtocolException {
        BigInteger value = readMpint();
        if (value.signum() < 0) {
            throw SshProtocolException.malformed("a negative mpint");
        }
        if (value.bitLength() > maxBits) {
            throw SshProtocolException.malformed("an mpint of " + value.bitLength() + " bits; at most " + maxBits);
        }
        return value;
    }

    /**
     * A {@code name-list} within {@link NameListLimits}. Empty names are refused, and characters that no name may have. A name that comes again
     * is left out, as its first place counts: RFC 4251 does not forbid it.
     */
    public List<String> readNameList() throws SshProtocolException {
        int length = readLength(NameListLimits.MAX_OCTETS);
        if (length == 0) {
            return List.of();
        }
        int listEnd = position + length;
        Set<String> names = new LinkedHashSet<>();
        int count = 0;
        int start = position;
        for (int i = position; i <= listEnd; i++) {
            if (i == listEnd || octets[i] == ',') {
                if (++count > NameListLimits.MAX_NAMES) {
                    throw SshProtocolException.malformed("a name-list of more than " + NameListLimits.MAX_NAMES);
                }
                names.add(name(start, i));
                start = i + 1;
            }
        }
        position = listEnd;
        return List.copyOf(names);
    }

    private String name(int from, int to) throws SshProtocolException {
        if (from == to) {
            throw SshProtocolException.malformed("an empty name");
        }
        if (to - from > NameListLimits.MAX_NAME_OCTETS) {
            throw SshProtocolException.malformed("a name of more than " + NameListLimits.MAX_NAME_OCTETS + " octets");
        }
        for (int i = from; i < to; i++) {
            if (octets[i] <= ' ' || octets[i] == ',' || octets[i] == 0x7f) {
                throw SshProtocolException.malformed("a name with an octet " + (octets[i] & 0xff));
            }
        }
        return new String(octets, from, to - from, StandardCharsets.US_ASCII);
    }

    private int readLength() throws SshProtocolException {
        long length = readUint32();
        if (length > remaining()) {
            throw SshProtocolException.malformed(
                    "a string of " + length + " octets where " + remaining() + " are left");
        }
        return (int) length;
    }

    private int readLength(int maxOctets) throws SshProtocolException {
        int length = readLength();
        if (length > maxOctets) {
            throw SshProtocolException.malformed("a string of " + length + " octets; at most " + maxOctets);
        }
        return length;
    }

    private void require(int count) throws SshProtocolException {
        if (count > remaining()) {
            throw SshProtocolException.malformed(count + " octets expected where " + remaining() + " are left");
        }
    }
}
