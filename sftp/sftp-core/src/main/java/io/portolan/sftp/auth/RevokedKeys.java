package io.portolan.sftp.auth;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.trust.AuthorizedKeyList;
import io.portolan.ssh.internal.trust.RevocationList;
import io.portolan.ssh.internal.trust.TrustException;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keys and certificates that are not trusted any more: a list as {@code ssh-keygen -k} makes it, or a text with a public key on each line. A certificate is refused with its key, and with that
 * of its CA.
 */
public final class RevokedKeys {

    private final Source source;

    /** Who knows. */
    private interface Revoked {
        boolean contains(SshPublicKey key);

        boolean contains(SshCertificate certificate);
    }

    @FunctionalInterface
    private interface Source {
        Revoked get() throws IOException;
    }

    private RevokedKeys(Source source) {
        this.source = source;
    }

    /**
     * The keys of a list.
     *
     * @param list its content; not kept
     * @return the keys
     * @throws IllegalArgumentException if it is neither of both forms
     */
    public static RevokedKeys of(byte[] list) {
        Revoked revoked;
        try {
            revoked = read(list);
        } catch (IOException e) {
            throw new IllegalArgumentException("list: " + e.getMessage(), e);
        }
        return new RevokedKeys(() -> revoked);
    }

    /**
     * The keys of a file, which is read again when it has changed. While it cannot be read, is malformed, or can be written by others than its owner, all keys are refused.
     *
     * @param file the file
     * @return the keys
     */
    public static RevokedKeys file(Path file) {
        return new RevokedKeys(new ListFile(file)::read);
    }

    private static final class ListFile {
        private final Path file;
        private volatile @Nullable Loaded loaded;

        private record Loaded(SafeFile.Stamp stamp, Revoked revoked) {}

        ListFile(Path file) {
            this.file = file;
        }

        synchronized Revoked read() throws IOException {
            SafeFile.Stamp stamp = SafeFile.stamp(file);
            Loaded known = loaded;
            if (known != null && known.stamp().isSameAs(stamp)) {
                return known.revoked();
            }
            Revoked revoked = RevokedKeys.read(SafeFile.read(file, RevocationList.MAX_OCTETS));
            loaded = new Loaded(stamp, revoked);
            return revoked;
        }
    }

    private static Revoked read(byte[] list) throws IOException {
        return RevocationList.isBinary(list) ? binary(RevocationList.decode(list)) : text(list);
    }

    private static Revoked binary(RevocationList list) {
        return new Revoked() {
            @Override
            public boolean contains(SshPublicKey key) {
                return list.isRevoked(key);
            }

            @Override
            public boolean contains(SshCertificate certificate) {
                return list.isRevoked(certificate);
            }
        };
    }

    private static Revoked text(byte[] lines) throws IOException {
        AuthorizedKeyList keys;
        try {
            keys = AuthorizedKeyList.parse(new String(lines, StandardCharsets.UTF_8), (line, problem) -> {
                throw new IllegalArgumentException("line " + line + ": " + problem);
            });
        } catch (TrustException | IllegalArgumentException e) {
            throw new IOException("neither a revocation list nor a list of keys: " + e.getMessage(), e);
        }
        for (byte[] blob : keys.blobs()) {
            try {
                SshPublicKey.decode(blob);
            } catch (SshProtocolException e) {
                // a certificate, say: taken as it is it would revoke nothing
                throw new IOException(
                        "a list with something that is no plain public key, which would revoke nothing", e);
            }
        }
        return new Revoked() {
            @Override
            public boolean contains(SshPublicKey key) {
                return keys.contains(key.blob());
            }

            @Override
            public boolean contains(SshCertificate certificate) {
                return contains(certificate.key()) || contains(certificate.authority());
            }
        };
    }

    /**
     * The same users, but not by these keys. What is not a key is left to the other.
     *
     * @param authenticator who decides about everything else
     * @return the authenticator
     */
    public Authenticator refusedBy(Authenticator authenticator) {
        return request -> request.credentials() instanceof Credentials.PublicKey key && contains(key.blob())
                ? AuthenticationResult.rejected("a key that is revoked")
                : authenticator.authenticate(request);
    }

    private boolean contains(byte[] blob) throws IOException {
        Revoked revoked = source.get();
        try {
            return SshCertificate.isCertificate(SshCertificate.typeOf(blob))
                    ? revoked.contains(SshCertificate.decode(blob))
                    : revoked.contains(SshPublicKey.decode(blob));
        } catch (SshProtocolException e) {
            // nobody should take it, and nobody could look it up
            return true;
        }
    }
}
