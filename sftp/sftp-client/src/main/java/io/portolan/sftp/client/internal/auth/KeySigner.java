package io.portolan.sftp.client.internal.auth;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs with a key whose public half is known, and whose private half is fetched when it is needed. */
final class KeySigner implements Signer {

    /** Fetches the private half. */
    @FunctionalInterface
    interface Opening {
        SshKeyPair open() throws IOException;
    }

    private final String place;
    private final SshPublicKey key;
    private final @Nullable SshCertificate certificate;
    private final Opening opening;
    private @Nullable SshKeyPair opened;

    KeySigner(String place, SshPublicKey key, @Nullable SshCertificate certificate, Opening opening) {
        this.place = place;
        this.key = key;
        this.certificate = certificate;
        this.opening = opening;
    }

    static KeySigner of(String place, SshKeyPair keys, @Nullable SshCertificate certificate) {
        KeySigner signer = new KeySigner(place, keys.publicKey(), certificate, () -> keys);
        signer.opened = keys;
        return signer;
    }

    @Override
    public String name() {
        return (certificate == null ? "the key " : "the certificate of the key ")
                + place
                + " ("
                + key.type()
                + " "
                + key.fingerprint()
                + ")";
    }

    @Override
    public byte[] blob() {
        return certificate == null ? key.blob() : certificate.blob();
    }

    @Override
    public List<String> algorithms() {
        return certificate == null
                ? key.signatureAlgorithms()
                : key.signatureAlgorithms().stream()
                        .map(name -> name + SshCertificate.SUFFIX)
                        .toList();
    }

    @Override
    public boolean isReady() {
        return opened != null;
    }

    @Override
    public byte[] sign(String algorithm, byte[] data) throws IOException {
        SshKeyPair keys = opened;
        if (keys == null) {
            keys = opening.open();
            opened = keys;
        }
        String plain = certificate == null ? algorithm : SshCertificate.withoutSuffix(algorithm);
        return keys.sign(plain, data);
    }
}
