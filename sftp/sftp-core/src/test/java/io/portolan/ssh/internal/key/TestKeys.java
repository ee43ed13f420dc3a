package io.portolan.ssh.internal.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;

/** A key of each type, and files that ssh-keygen made. */
public final class TestKeys {

    public static final SecureRandom RANDOM = new SecureRandom();

    public static final SshKeyPair ED25519 = SshKeyPair.generateEd25519(RANDOM);
    public static final SshKeyPair P256 = SshKeyPair.generateEcdsa(NistCurve.P256, RANDOM);
    public static final SshKeyPair P384 = SshKeyPair.generateEcdsa(NistCurve.P384, RANDOM);
    public static final SshKeyPair P521 = SshKeyPair.generateEcdsa(NistCurve.P521, RANDOM);
    public static final SshKeyPair RSA = SshKeyPair.generateRsa(2048, RANDOM);

    public static final List<SshKeyPair> ALL = List.of(ED25519, P256, P384, P521, RSA);

    private TestKeys() {}

    static String file(String name) {
        return new String(octets(name), StandardCharsets.US_ASCII);
    }

    static byte[] octets(String name) {
        try (InputStream in = TestKeys.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void onlyForItsOwner(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
