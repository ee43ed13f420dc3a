package io.portolan.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Bytes to move, the same in every run. */
public final class Payload {

    private Payload() {}

    /** Bytes in which every octet occurs, among them the lone CR, LF and IAC that a bad client or server changes. */
    public static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    public static Path file(Path path, long length) throws IOException {
        byte[] block = bytes(1 << 20);
        try (OutputStream out = Files.newOutputStream(path)) {
            for (long left = length; left > 0; left -= block.length) {
                block[0]++;
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
        return path;
    }

    public static String hash(Path path) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), sha256())) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        }
    }

    /** A tree of so many files, some of them empty, in folders with names of all kinds; what {@link #contents} says of it. */
    public static Map<String, Integer> tree(Path root, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Path path = root.resolve("dir " + i % 7)
                    .resolve(i % 3 == 0 ? "ünter" : "b")
                    .resolve("file " + i);
            Files.createDirectories(path.getParent());
            Files.write(path, bytes(i * 37));
        }
        return contents(root);
    }

    /** The files below a folder, and a number that stands for the content of each. */
    public static Map<String, Integer> contents(Path root) throws IOException {
        Map<String, Integer> tree = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                tree.put(root.relativize(path).toString(), Arrays.hashCode(Files.readAllBytes(path)));
            }
        }
        return tree;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
