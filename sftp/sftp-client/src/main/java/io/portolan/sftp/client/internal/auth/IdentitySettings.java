package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.SecretSource;
import io.portolan.ssh.internal.key.SshKeyPair;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;

/** Where a key is. */
public sealed interface IdentitySettings {

    /**
     * In a file.
     *
     * @param file the private key
     * @param certificate its certificate, if that is not in the usual place
     * @param passphrase what it is encrypted with
     */
    record InFile(Path file, Optional<Path> certificate, SecretSource passphrase) implements IdentitySettings {
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * Here.
     *
     * @param keys the key
     */
    record Held(SshKeyPair keys) implements IdentitySettings {

        /** A key of the JVM's. */
        public static Held of(KeyPair keys) {
            return new Held(SshKeyPair.of(keys));
        }
    }
}
