package io.portolan.sftp.auth;

import io.portolan.ssh.internal.trust.AuthorizedKeyList;
import io.portolan.ssh.internal.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file of authorized_keys for each user. What users there are only the folder knows, so nothing is kept in memory. */
final class KeyFolder {

    /** As long as a file name may be on most systems. */
    private static final int MAX_NAME = 255;

    private static final String USER = "%u";

    private final Path folder;
    private final String pattern;

    KeyFolder(Path folder, String pattern) {
        Path probe = folder.resolve(pattern.replace(USER, "user")).normalize();
        if (!pattern.contains(USER)
                || pattern.replace(USER, "").contains("%")
                || !probe.startsWith(folder.normalize())) {
            throw new IllegalArgumentException("pattern: " + pattern + " is no path with %u within the folder");
        }
        this.folder = folder;
        this.pattern = pattern;
    }

    Optional<AuthorizedKeyList> read(String user) throws IOException, TrustException {
        return isFileName(user) ? new KeyFile(folder.resolve(pattern.replace(USER, user))).read() : Optional.empty();
    }

    /** A name that can be nothing but one file in one folder, on any system: Windows' names end at a colon, a blank or a dot. */
    private static boolean isFileName(String user) {
        return !user.isEmpty()
                && user.length() <= MAX_NAME
                && !user.startsWith(".")
                && !user.endsWith(".")
                && user.equals(user.strip())
                && user.chars().noneMatch(c -> "/\\:*?\"<>|".indexOf(c) >= 0 || Character.isISOControl(c));
    }
}
