package io.portolan.sftp.auth;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.ssh.internal.auth.FakeSession;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/** Attempts to log in with a key. */
final class KeyLogins {

    private KeyLogins() {}

    static String line(SshKeyPair pair) {
        SshPublicKey key = pair.publicKey();
        return key.type() + " " + Base64.getEncoder().encodeToString(key.blob());
    }

    static AuthenticationResult with(Authenticator authenticator, String user, byte[] blob, String address)
            throws Exception {
        Credentials.PublicKey key = new Credentials.PublicKey("any", blob, true);
        return authenticator.authenticate(new AuthenticationRequest(user, key, FakeSession.from(address)));
    }

    static boolean accepts(Authenticator authenticator, String user, byte[] blob) throws Exception {
        return with(authenticator, user, blob, "192.0.2.1") instanceof AuthenticationResult.Accepted accepted
                && accepted.identity().name().equals(user);
    }

    static boolean accepts(Authenticator authenticator, String user, SshKeyPair pair) throws Exception {
        return accepts(authenticator, user, pair.publicKey().blob());
    }

    static LoginRestrictions restrictions(Authenticator authenticator, String user, byte[] blob) throws Exception {
        AuthenticationResult result = with(authenticator, user, blob, "192.0.2.1");
        return LoginRestrictions.of(((AuthenticationResult.Accepted) result).identity());
    }

    /** Writes a file that nobody else can write, whatever the mask of this process. */
    static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }
}
