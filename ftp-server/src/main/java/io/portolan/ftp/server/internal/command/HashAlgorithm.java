package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.server.internal.session.Features;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32;

/** The hashes of HASH and of the older X commands (draft-bryan-ftpext-hash §3; names of IANA's registry of hash functions). */
enum HashAlgorithm {
    /** What HASH uses unless OPTS HASH says otherwise. */
    SHA_256("SHA-256", 64),
    /** The long one. */
    SHA_512("SHA-512", 128),
    /** Broken as a signature, still common as a checksum. */
    SHA_1("SHA-1", 40),
    /** The same. */
    MD5("MD5", 32),
    /** Against accidents only. */
    CRC32("CRC32", 8);

    private final String ftpName;
    private final int hexDigits;

    HashAlgorithm(String ftpName, int hexDigits) {
        this.ftpName = ftpName;
        this.hexDigits = hexDigits;
    }

    /** The name on the wire, which is the JDK's as well. */
    String ftpName() {
        return ftpName;
    }

    /** How long the hash is, written in hexadecimal. */
    int hexDigits() {
        return hexDigits;
    }

    static Optional<HashAlgorithm> named(String name) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.ftpName.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The line of FEAT, with a star behind the algorithm that HASH uses now. */
    static String feature(Features features) {
        StringBuilder line = new StringBuilder("HASH ");
        for (HashAlgorithm algorithm : values()) {
            line.append(line.length() > 5 ? ";" : "").append(algorithm.ftpName);
            if (algorithm.ftpName.equals(features.options().hashAlgorithm())) {
                line.append('*');
            }
        }
        return line.toString();
    }

    /** Begins a computation. */
    Computation begin() {
        if (this == CRC32) {
            return new Crc();
        }
        try {
            return new Digest(MessageDigest.getInstance(ftpName));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ftpName, e);
        }
    }

    /** A hash in the making. */
    interface Computation {
        void update(ByteBuffer bytes);

        byte[] result();
    }

    private record Digest(MessageDigest digest) implements Computation {
        @Override
        public void update(ByteBuffer bytes) {
            digest.update(bytes);
        }

        @Override
        public byte[] result() {
            return digest.digest();
        }
    }

    private static final class Crc implements Computation {
        private final CRC32 crc = new CRC32();

        @Override
        public void update(ByteBuffer bytes) {
            crc.update(bytes);
        }

        @Override
        public byte[] result() {
            return ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        }
    }
}
