package io.portolan.ssh.internal.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * A server's own key in a file: made at the first start and then the same for good, as clients remember it. Only its owner may read it, at any moment of its
 * life; a file that others may read or write is refused, as the key in it may be known to them.
 */
public final class HostKeyFile {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private HostKeyFile() {}

    /**
     * The key in a file, which is made with a new Ed25519 key if it is not there. Blocks. Two servers that start at the same time with the same file get
     * the same key.
     *
     * @throws KeyFileException if what is in the file is no key that we can read without a passphrase
     * @throws IOException if the file cannot be read or made, or is open to others
     */
    public static SshKeyPair loadOrGenerate(Path file, SecureRandom random) throws IOException {
        try {
            return load(file);
        } catch (NoSuchFileException e) {
            generate(file, random);
            return load(file);
        }
    }

    /**
     * The key in a file of any format that {@link PrivateKeyFile} knows, without a passphrase. Blocks.
     *
     * @throws NoSuchFileException if it is not there
     */
    public static SshKeyPair load(Path file) throws IOException {
        if (isPosix(file)) {
            Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
            granted.addAll(Files.getPosixFilePermissions(file));
            granted.retainAll(OTHERS);
            if (!granted.isEmpty()) {
                throw new IOException("others may read or write the host key " + file + ": " + granted
                        + "; if nobody has, chmod 600, and otherwise delete it and start anew");
            }
        }
        try {
            return PrivateKeyFile.load(file, null);
        } catch (KeyFileException e) {
            String advice = e.problem() == KeyFileException.Problem.PASSPHRASE_NEEDED
                    ? "; a server starts with nobody there to type it: ssh-keygen -p takes it off"
                    : "";
            throw new KeyFileException(e.problem(), "the host key " + file + ": " + e.getMessage() + advice, e);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The file is there whole or not at all: it is written under another name, and then linked to its own if that is free. */
    private static void generate(Path file, SecureRandom random) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException("no file: " + file);
        }
        FileAttribute<?>[] attributes = isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(folder, ".host_key", ".new", attributes);
        try {
            String text = new OpenSshKeyFile(SshKeyPair.generateEd25519(random), "").write(random);
            Files.writeString(draft, text, StandardCharsets.US_ASCII);
            publish(draft, absolute);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another server was quicker, and its key is the one
        } catch (IOException | UnsupportedOperationException e) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                // a file system without links
                Files.move(draft, file);
            }
        }
    }
}
