package io.portolan.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounts from a file of lines {@code user:hash}, read again when it has changed. A line that is wrong once the file has been changed keeps its own user out, and is told
 * of in the log; a file that is gone, too long or writable by others keeps everybody out.
 */
final class PasswordFile implements Authenticator {

    /** More than any list of accounts kept by hand, and little enough to read at once. */
    static final long MAX_BYTES = 16L << 20;

    private static final System.Logger LOGGER = System.getLogger(PasswordFile.class.getName());

    private final Path file;
    private volatile Loaded loaded;

    private record Loaded(Stamp stamp, Authenticator accounts) {}

    /** What changes when a file is edited or replaced. */
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {

        /** Instead of {@code equals}, whose generated form keeps an undeployed application's class loader (JDK-8078641). */
        boolean isSameAs(Stamp other) {
            return modified.equals(other.modified) && size == other.size && Objects.equals(key, other.key);
        }
    }

    /** What has been read so far; of a user who is named twice nobody knows which hash is meant. */
    private record Accounts(Map<String, PasswordHash> hashes, Set<String> named) {}

    /** What to do about a line that is wrong. */
    private interface Complaint {
        void about(int line, String problem);
    }

    PasswordFile(Path file) {
        this.file = file;
        try {
            this.loaded = load(file, stamp(file), (line, problem) -> {
                throw new IllegalArgumentException(file + ": line " + line + ": " + problem);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) throws Exception {
        return current().accounts().authenticate(request);
    }

    private Loaded current() throws IOException {
        Stamp stamp = stamp(file);
        Loaded current = loaded;
        return current.stamp().isSameAs(stamp) ? current : reload(stamp);
    }

    private synchronized Loaded reload(Stamp stamp) throws IOException {
        if (!loaded.stamp().isSameAs(stamp)) {
            loaded = load(
                    file,
                    stamp,
                    (line, problem) -> LOGGER.log(
                            System.Logger.Level.WARNING, "{0}: line {1} is skipped: {2}", file, line, problem));
        }
        return loaded;
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }

    private static Loaded load(Path file, Stamp stamp, Complaint complaint) throws IOException {
        requireSafe(file);
        if (stamp.size() > MAX_BYTES) {
            throw new IOException(file + ": longer than " + MAX_BYTES + " bytes");
        }
        Accounts accounts = new Accounts(new HashMap<>(), new HashSet<>());
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                readLine(line, i + 1, accounts, complaint);
            }
        }
        return new Loaded(stamp, Authenticators.hashes(accounts.hashes()));
    }

    private static void readLine(String line, int number, Accounts accounts, Complaint complaint) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            complaint.about(number, "not of the form user:hash");
            return;
        }
        String user = line.substring(0, colon);
        if (!accounts.named().add(user)) {
            accounts.hashes().remove(user);
            complaint.about(number, "the user stands there twice, and is kept out");
            return;
        }
        try {
            accounts.hashes()
                    .put(user, PasswordHash.parse(line.substring(colon + 1).strip()));
        } catch (IllegalArgumentException e) {
            complaint.about(number, "the hash is " + e.getMessage());
        }
    }

    /** Whoever can write the file can let themselves in. */
    private static void requireSafe(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(file + ": others than its owner can write it, which lets them in; chmod go-w helps");
        }
    }
}
