package io.portolan.sftp.auth;

import io.portolan.ssh.internal.trust.AuthorizedKeyList;
import io.portolan.ssh.internal.trust.TrustException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of authorized_keys, read again when it has changed. */
final class KeyFile {

    private final Path file;
    private volatile @Nullable Loaded loaded;

    private record Loaded(SafeFile.Stamp stamp, AuthorizedKeyList keys) {}

    KeyFile(Path file) {
        this.file = file;
    }

    Optional<AuthorizedKeyList> read() throws IOException, TrustException {
        try {
            return Optional.of(current());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private AuthorizedKeyList current() throws IOException, TrustException {
        SafeFile.Stamp stamp = SafeFile.stamp(file);
        Loaded known = loaded;
        return known != null && known.stamp().isSameAs(stamp) ? known.keys() : load(stamp);
    }

    /** One at a time, so that a line that is wrong is told of once. */
    private synchronized AuthorizedKeyList load(SafeFile.Stamp stamp) throws IOException, TrustException {
        Loaded known = loaded;
        if (known != null && known.stamp().isSameAs(stamp)) {
            return known.keys();
        }
        byte[] octets = SafeFile.read(file, AuthorizedKeyList.MAX_CHARACTERS);
        AuthorizedKeyList keys = AuthorizedKeys.read(new String(octets, StandardCharsets.UTF_8), file.toString());
        loaded = new Loaded(stamp, keys);
        return keys;
    }
}
