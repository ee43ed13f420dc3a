package io.portolan.examples.benchmarks.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.stream.Stream;

/** The files that all servers serve, and where the clients put theirs. */
public final class Data {

    public static final String BIG = "big.bin";
    static final String MEDIUM = "medium.bin";
    public static final String LARGE = "large";
    public static final String MANY = "many";
    public static final String SMALL = "small";
    static final String EMPTY = "empty.bin";
    public static final String INCOMING = "in";

    private static final int BLOCK = 1 << 20;

    private final Path root;
    private final Path clients;
    private final Sizes sizes;

    private Data(Path root, Path clients, Sizes sizes) {
        this.root = root;
        this.clients = clients;
        this.sizes = sizes;
    }

    /** Writes the files. */
    public static Data create(Path scratch, Sizes sizes) throws IOException {
        Data data = new Data(
                Files.createDirectories(scratch.resolve("root")),
                Files.createDirectories(scratch.resolve("clients")),
                sizes);
        Random random = new Random(1);
        byte[] block = new byte[BLOCK];
        random.nextBytes(block);
        data.file(BIG, sizes.bigFile(), block);
        data.file(MEDIUM, sizes.mediumFile(), block);
        data.file(EMPTY, 0, block);
        data.files(MANY, sizes.entries(), new byte[1]);
        byte[] small = new byte[Sizes.SMALL_FILE];
        random.nextBytes(small);
        data.files(SMALL, sizes.smallFiles(), small);
        Files.createDirectories(data.incoming());
        // the servers in C serve as a user who is not us, and vsftpd wants a root that this user cannot write to
        Files.setPosixFilePermissions(data.incoming(), PosixFilePermissions.fromString("rwxrwxrwx"));
        return data;
    }

    /** A folder that only SFTP clients list. */
    public void largeFolder() throws IOException {
        files(LARGE, sizes.largeFolder(), new byte[1]);
    }

    private void file(String name, long size, byte[] block) throws IOException {
        try (OutputStream out = Files.newOutputStream(root.resolve(name))) {
            for (long left = size; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
    }

    private void files(String folder, int count, byte[] content) throws IOException {
        Path where = Files.createDirectories(root.resolve(folder));
        for (int i = 0; i < count; i++) {
            Files.write(where.resolve("file-%05d.dat".formatted(i)), content);
        }
    }

    public Path root() {
        return root;
    }

    Sizes sizes() {
        return sizes;
    }

    /** The large file. */
    public Path big() {
        return root.resolve(BIG);
    }

    Path medium() {
        return root.resolve(MEDIUM);
    }

    /** The folder of the small files. */
    public Path small() {
        return root.resolve(SMALL);
    }

    /** Where uploads go. */
    public Path incoming() {
        return root.resolve(INCOMING);
    }

    /** A folder that clients run in. */
    public Path clients() {
        return clients;
    }

    /** Empties a folder, which freed memory takes: not while the clock runs. */
    public static void clear(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                Files.delete(each);
            }
        }
    }
}
