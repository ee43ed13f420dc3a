package io.portolan.sftp.server.internal.request;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The algorithms of check-file (draft-ietf-secsh-filexfer-extensions-00 section 3). The broken ones are there as they find errors, not attackers. */
enum Checksum {
    SHA256("sha256", "SHA-256"),
    SHA512("sha512", "SHA-512"),
    SHA384("sha384", "SHA-384"),
    SHA224("sha224", "SHA-224"),
    SHA1("sha1", "SHA-1"),
    MD5("md5", "MD5"),
    CRC32("crc32", "CRC32");

    /** All names, as VERSION tells them. */
    static final String NAMES = Stream.of(values()).map(Checksum::wireName).collect(Collectors.joining(","));

    private final String wireName;
    private final String jdkName;

    Checksum(String wireName, String jdkName) {
        this.wireName = wireName;
        this.jdkName = jdkName;
    }

    String wireName() {
        return wireName;
    }

    /** As {@link io.portolan.fs.Digests} has it. */
    String jdkName() {
        return jdkName;
    }

    static Optional<Checksum> named(String name) {
        return Stream.of(values())
                .filter(checksum -> checksum.wireName.equals(name))
                .findFirst();
    }

    Computation begin() {
        if (this == CRC32) {
            return new OfCrc();
        }
        try {
            return new OfDigest(MessageDigest.getInstance(jdkName));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-2, SHA-1 and MD5", e);
        }
    }

    /** A checksum that is being computed. */
    interface Computation {
        void update(ByteBuffer content);

        /** The checksum; begins anew. */
        byte[] finish();
    }

    private static final class OfDigest implements Computation {
        private final MessageDigest digest;

        OfDigest(MessageDigest digest) {
            this.digest = digest;
        }

        @Override
        public void update(ByteBuffer content) {
            digest.update(content);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }

    private static final class OfCrc implements Computation {
        private final CRC32 crc = new CRC32();

        @Override
        public void update(ByteBuffer content) {
            crc.update(content);
        }

        @Override
        public byte[] finish() {
            byte[] result = ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array();
            crc.reset();
            return result;
        }
    }
}
