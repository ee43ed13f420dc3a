package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Files that ssh-keygen made. */
public final class TrustVectors {

    private TrustVectors() {}

    public static byte[] file(String name) {
        try (InputStream in = TrustVectors.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String line(String name) {
        return new String(file(name), StandardCharsets.US_ASCII).strip();
    }

    public static byte[] blob(String line) {
        return Base64.getDecoder().decode(line.split(" ")[1]);
    }

    static SshCertificate certificate(String name) throws SshProtocolException {
        return SshCertificate.decode(blob(line(name)));
    }

    static SshPublicKey key(String name) throws SshProtocolException {
        return SshPublicKey.decode(blob(line(name)));
    }
}
