package io.portolan.sftp.client.internal.hostkey;

import io.portolan.ssh.internal.key.SshPublicKey;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of known hosts that is written to: lines are added at its end, whole, and none twice, whoever else adds to it at the same time. What others have written stays as it
 * is.
 */
final class KnownHostsFile {

    private static final Logger LOG = LoggerFactory.getLogger(KnownHostsFile.class);

    /** How long somebody else may write: a line takes milliseconds. */
    private static final long LOCK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Behind all that the file will ever have: where locks keep others from reading, they are not to. */
    private static final long LOCKED_OCTET = Long.MAX_VALUE - 1;

    private static final long LOCK_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path file;
    private final boolean hashed;

    KnownHostsFile(Path file, boolean hashed) {
        this.file = file;
        this.hashed = hashed;
    }

    /** A key as it stands in a line. */
    static String keyText(SshPublicKey key) {
        return key.type() + " " + Base64.getEncoder().encodeToString(key.blob());
    }

    /** Adds keys of a host, but for those that are there. What is no file, such as {@code /dev/null}, is how people say that nothing is to be kept. Blocks. */
    void add(HostName host, List<SshPublicKey> keys) throws IOException {
        if (Files.exists(file)
                && Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
            LOG.debug("{} is no file, so that the key of {} is not kept", file, host);
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder, forOwner(folder.getRoot(), "rwx------"));
        }
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        // both are closed at the end only: whoever closes a file gives up all locks that its process has on it
        try (FileChannel appending = FileChannel.open(file, options, forOwner(folder, "rw-------"));
                FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            // held until the channel is closed
            lock(appending);
            String present = text(reading);
            List<KnownKey> there = KnownHosts.of(present).of(host).keys();
            StringBuilder added = new StringBuilder();
            if (!present.isEmpty() && !present.endsWith("\n")) {
                added.append('\n');
            }
            int empty = added.length();
            for (SshPublicKey key : keys) {
                if (there.stream().noneMatch(other -> other.is(key.blob()))) {
                    added.append(field(host)).append(' ').append(keyText(key)).append('\n');
                }
            }
            if (added.length() > empty) {
                append(appending, added.toString());
            }
        }
    }

    private String field(HostName host) {
        return hashed ? HostPatterns.Hashed.write(host.known(), new SecureRandom()) : host.known();
    }

    /**
     * In one call, and where the end is at that time, so that those who take no locks, as ssh, lose nothing and see nothing but whole lines. Nor is the lock sure to last: another thread of this JVM that has read the
     * file and closes it has given it up.
     */
    private static void append(FileChannel channel, String text) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
        channel.force(true);
    }

    private String text(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size > KnownHosts.MAX_FILE_OCTETS) {
            throw new IOException(file + ": has more than " + KnownHosts.MAX_FILE_OCTETS + " octets");
        }
        ByteBuffer octets = ByteBuffer.allocate((int) size);
        while (octets.hasRemaining() && channel.read(octets, octets.position()) >= 0) {
            // until all is there
        }
        return new String(octets.array(), 0, octets.position(), StandardCharsets.UTF_8);
    }

    /** Within one JVM locks are refused instead of waited for. */
    private void lock(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + LOCK_PATIENCE_NANOS;
        while (System.nanoTime() - deadline < 0) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException(file + ": interrupted before anything was written to it");
            }
            try {
                if (channel.tryLock(LOCKED_OCTET, 1, false) != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // somebody of this JVM
            }
            LockSupport.parkNanos(LOCK_PAUSE_NANOS);
        }
        throw new IOException(file + ": somebody else has locked it for too long");
    }

    private static FileAttribute<?>[] forOwner(@Nullable Path near, String permissions) {
        boolean posix = near != null
                && near.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
