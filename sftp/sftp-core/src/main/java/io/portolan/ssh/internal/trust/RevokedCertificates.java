package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One section of a revocation list: certificates of one CA, or of all (PROTOCOL.krl, section "Certificate sections"). */
final class RevokedCertificates {

    private static final int SERIAL_LIST = 0x20;
    private static final int SERIAL_RANGE = 0x21;
    private static final int SERIAL_BITMAP = 0x22;
    private static final int KEY_IDS = 0x23;
    private static final int EXTENSION = 0x39;

    /** Of one bitmap; more does not fit into a list. */
    private static final int MAX_BITS = RevocationList.MAX_OCTETS * Byte.SIZE;

    /** Empty for all. */
    private final byte[] authority;

    private final List<Serials> serials = new ArrayList<>();
    private final Set<String> keyIds = new HashSet<>();

    @FunctionalInterface
    private interface Serials {
        boolean contains(long serial);
    }

    private RevokedCertificates(byte[] authority) {
        this.authority = authority;
    }

    static RevokedCertificates read(SshReader reader) throws SshProtocolException {
        RevokedCertificates section = new RevokedCertificates(reader.readString());
        reader.readString(); // reserved
        while (reader.remaining() > 0) {
            section.add(reader.readByte(), reader.readNested());
        }
        return section;
    }

    private void add(int type, SshReader reader) throws SshProtocolException {
        switch (type) {
            case SERIAL_LIST -> serials.add(list(reader));
            case SERIAL_RANGE -> serials.add(range(reader));
            case SERIAL_BITMAP -> serials.add(bitmap(reader));
            case KEY_IDS -> {
                while (reader.remaining() > 0) {
                    keyIds.add(reader.readUtf8(SshCertificate.MAX_BLOB_OCTETS));
                }
            }
            case EXTENSION -> RevocationList.extension(reader);
            default -> throw SshProtocolException.malformed("a revocation list with a certificate section " + type);
        }
    }

    private static Serials list(SshReader reader) throws SshProtocolException {
        long[] listed = new long[reader.remaining() / Long.BYTES];
        for (int i = 0; i < listed.length; i++) {
            listed[i] = reader.readUint64();
        }
        reader.expectEnd();
        Arrays.sort(listed);
        return serial -> Arrays.binarySearch(listed, serial) >= 0;
    }

    private static Serials range(SshReader reader) throws SshProtocolException {
        long first = reader.readUint64();
        long last = reader.readUint64();
        reader.expectEnd();
        if (Long.compareUnsigned(first, last) > 0) {
            throw SshProtocolException.malformed("a range of serial numbers that ends before it begins");
        }
        return serial -> Long.compareUnsigned(first, serial) <= 0 && Long.compareUnsigned(serial, last) <= 0;
    }

    private static Serials bitmap(SshReader reader) throws SshProtocolException {
        long offset = reader.readUint64();
        BigInteger bits = reader.readUnsignedMpint(MAX_BITS);
        reader.expectEnd();
        return serial -> {
            long bit = serial - offset;
            return bit >= 0 && bit < bits.bitLength() && bits.testBit((int) bit);
        };
    }

    /** A number of 0 is that of a CA that does not number; whoever lists it means all of these. */
    boolean contains(SshCertificate certificate) {
        if (authority.length > 0
                && !Arrays.equals(authority, certificate.authority().blob())) {
            return false;
        }
        return keyIds.contains(certificate.keyId())
                || serials.stream().anyMatch(listed -> listed.contains(certificate.serial()));
    }
}
