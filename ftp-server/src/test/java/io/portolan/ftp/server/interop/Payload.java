package io.portolan.ftp.server.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Bytes to move, the same in every run. */
final class Payload {

    private Payload() {}

    /** Bytes in which every octet occurs, among them the lone CR, LF and IAC that a bad client or server changes. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static Path file(Path path, long length) throws IOException {
        byte[] block = bytes(1 << 20);
        try (OutputStream out = Files.newOutputStream(path)) {
            for (long left = length; left > 0; left -= block.length) {
                block[0]++;
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
        return path;
    }

    static String hash(Path path) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
