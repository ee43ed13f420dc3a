package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.key.HostCertificate;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import java.util.List;

/**
 * A key by which a server shows who it is, under one of the names that KEXINIT has for it.
 *
 * @param algorithm as in KEXINIT: {@code ssh-ed25519}, {@code rsa-sha2-512}, or a certificate's
 * @param blob what is sent as K_S: the key, or the certificate
 * @param signatureAlgorithm what the signature says that it is
 * @param keyPair what signs
 */
@SuppressWarnings("ArrayRecordComponent") // handed in once, and never changed
public record HostKey(String algorithm, byte[] blob, String signatureAlgorithm, SshKeyPair keyPair) {

    /** A key without a certificate, once for each algorithm that it can sign with: an RSA key has two. */
    public static List<HostKey> of(SshKeyPair keyPair) {
        byte[] blob = keyPair.publicKey().blob();
        return keyPair.publicKey().signatureAlgorithms().stream()
                .map(algorithm -> new HostKey(algorithm, blob, algorithm, keyPair))
                .toList();
    }

    /** A key with its certificate, likewise; the signatures are those of the key. */
    public static List<HostKey> of(HostCertificate certified) {
        byte[] blob = certified.certificate().blob();
        return certified.pair().publicKey().signatureAlgorithms().stream()
                .map(algorithm -> new HostKey(algorithm + SshCertificate.SUFFIX, blob, algorithm, certified.pair()))
                .toList();
    }

    /** Who it is, not what it is made of. */
    @Override
    public String toString() {
        return algorithm + " " + keyPair.publicKey().fingerprint();
    }
}
