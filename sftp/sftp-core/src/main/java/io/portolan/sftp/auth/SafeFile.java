package io.portolan.sftp.auth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files that decide who is let in: whoever can write one can let themselves in. */
final class SafeFile {

    private SafeFile() {}

    /** What changes when a file is edited or replaced. */
    record Stamp(FileTime modified, long size, @Nullable Object key) {

        /** Instead of {@code equals}, whose generated form keeps an undeployed application's class loader (JDK-8078641). */
        boolean isSameAs(Stamp other) {
            return modified.equals(other.modified) && size == other.size && Objects.equals(key, other.key);
        }
    }

    static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            // a FIFO would never end
            throw new IOException(file + ": not a file");
        }
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    static byte[] read(Path file, int maxOctets) throws IOException {
        requireSafe(file);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            requireSafe(folder);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(maxOctets + 1);
            if (octets.length > maxOctets) {
                throw new IOException(file + ": longer than " + maxOctets + " bytes");
            }
            return octets;
        }
    }

    private static void requireSafe(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(path + ": others than its owner can write it, which lets them in; chmod go-w helps");
        }
    }
}
