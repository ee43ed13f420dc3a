package io.portolan.ftps.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who else can get at a private key in a file. Of a file that we have made ourselves we know who should, and refuse it otherwise, as OpenSSH does; files that others have made may be laid out as their
 * system wants it, and there is a warning. Where files have no POSIX permissions nothing is known and nothing said.
 */
final class KeyFileAccess {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFileAccess.class);

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    /** What nobody lays out on purpose; a group for those who may read keys is usual, such as Debian's {@code ssl-cert}. */
    private static final Set<PosixFilePermission> CARELESS = EnumSet.of(
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private static final String UNIX = "unix";

    /** The bit of a folder's mode that lets everybody delete and rename their own files only. */
    private static final int STICKY = 01000;

    private static final String ROOT = "root";

    private KeyFileAccess() {}

    /**
     * Refuses a folder in which everybody can put another key in the place of ours.
     *
     * @throws IllegalArgumentException if it is one
     */
    static void requireSafeFolder(Path folder) throws IOException {
        PosixFileAttributeView view = view(folder);
        if (view != null
                && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_WRITE)
                && !isSticky(folder)) {
            throw new IllegalArgumentException(
                    folder
                            + ": everybody can write to this folder, and so put another key into it; chmod o-w helps, or a folder inside of it");
        }
    }

    private static boolean isSticky(Path folder) throws IOException {
        return folder.getFileSystem().supportedFileAttributeViews().contains(UNIX)
                && Files.getAttribute(folder, UNIX + ":mode") instanceof Integer mode
                && (mode & STICKY) != 0;
    }

    /**
     * Refuses a file of ours that others can read or write, or that is somebody else's.
     *
     * @throws IllegalArgumentException if it is so
     */
    static void requireOurs(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        if (view == null) {
            return;
        }
        if (!Collections.disjoint(view.readAttributes().permissions(), OTHERS)) {
            throw new IllegalArgumentException(
                    file
                            + ": others than its owner can get at the private key in it; delete it, so that a new one is made, or chmod 600 it if nobody has read it");
        }
        UserPrincipal owner = view.getOwner();
        if (!owner.getName().equals(ROOT) && !owner.equals(byName(file)) && !owner.equals(byTrial())) {
            throw new IllegalArgumentException(file + ": belongs to " + owner.getName()
                    + ", who knows the private key in it; delete it, so that a new one is made");
        }
    }

    private static @Nullable UserPrincipal byName(Path file) throws IOException {
        try {
            return file.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name", ROOT));
        } catch (UserPrincipalNotFoundException e) {
            return null;
        }
    }

    /** In containers the process's user may have no name. */
    private static UserPrincipal byTrial() throws IOException {
        Path trial = Files.createTempFile("portolan", ".owner");
        try {
            return Files.getOwner(trial, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(trial);
        }
    }

    /** Tells the log of a key file, laid out by somebody else, that it should not be as it is. */
    static void warnOfOthers(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        if (view != null && !Collections.disjoint(view.readAttributes().permissions(), CARELESS)) {
            LOG.warn("{}: others than its owner can get at the private key in it; chmod go-rwx helps", file);
        }
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }
}
