package io.portolan.sftp.client.internal.transfer;

import io.portolan.sftp.client.Checksum;
import io.portolan.sftp.client.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Makes a checksum of what passes. On a lane. */
abstract class Hasher {

    private final ChecksumAlgorithm algorithm;

    private Hasher(ChecksumAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    static Hasher of(ChecksumAlgorithm algorithm) {
        return algorithm == ChecksumAlgorithm.CRC32 ? new Crc() : new Digest(algorithm);
    }

    final ChecksumAlgorithm algorithm() {
        return algorithm;
    }

    /** Takes the buffer's remaining octets, whose position stays. */
    abstract void update(ByteBuffer octets);

    abstract String value();

    final Checksum checksum() {
        return new Checksum(algorithm, value());
    }

    private static final class Crc extends Hasher {
        private final CRC32 crc = new CRC32();

        Crc() {
            super(ChecksumAlgorithm.CRC32);
        }

        @Override
        void update(ByteBuffer octets) {
            crc.update(octets.duplicate());
        }

        @Override
        String value() {
            return HexFormat.of().toHexDigits(crc.getValue(), 8);
        }
    }

    private static final class Digest extends Hasher {
        private final MessageDigest digest;

        Digest(ChecksumAlgorithm algorithm) {
            super(algorithm);
            try {
                digest = MessageDigest.getInstance(algorithm.hashName());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("this JVM has no " + algorithm.hashName(), e);
            }
        }

        @Override
        void update(ByteBuffer octets) {
            digest.update(octets.duplicate());
        }

        @Override
        String value() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
