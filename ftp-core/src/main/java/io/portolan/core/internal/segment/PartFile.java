package io.portolan.core.internal.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that appears under its name when it is whole. */
public final class PartFile {

    private PartFile() {}

    /**
     * Fills a file, wherever in it.
     *
     * @param <R> what comes of it
     */
    @FunctionalInterface
    public interface Filling<R> {
        R fill(FileChannel file) throws IOException, InterruptedException;
    }

    /**
     * Has a file filled beside the target, and puts it into its place; blocks.
     *
     * @param target replaced if it is there
     * @return what has come of the filling
     * @throws IOException if it fails; then nothing is left, and what was there still is
     */
    public static <R> R fill(Path target, Filling<R> filling) throws IOException {
        Path whole = target.toAbsolutePath();
        Path part = whole.resolveSibling(".portolan-" + UUID.randomUUID() + ".part");
        try {
            R result;
            try (FileChannel file = FileChannel.open(
                    part, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                result = filling.fill(file);
            }
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } catch (InterruptedException e) {
            throw Segments.interrupted(e);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
