package io.portolan.ssh.internal.auth;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.WebAuthnSignature;
import java.util.List;

/** The algorithms that users' keys sign with, as requests and {@code server-sig-algs} name them (RFC 8308 section 3.1). No SHA-1, no DSA. */
public final class KeyAlgorithms {

    /** All that there are, the best first. */
    public static final List<String> ALL = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com",
            WebAuthnSignature.ALGORITHM,
            "rsa-sha2-512",
            "rsa-sha2-256",
            "ssh-ed25519-cert-v01@openssh.com",
            "ecdsa-sha2-nistp256-cert-v01@openssh.com",
            "ecdsa-sha2-nistp384-cert-v01@openssh.com",
            "ecdsa-sha2-nistp521-cert-v01@openssh.com",
            "sk-ssh-ed25519-cert-v01@openssh.com",
            "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
            "rsa-sha2-512-cert-v01@openssh.com",
            "rsa-sha2-256-cert-v01@openssh.com");

    private KeyAlgorithms() {}

    /** The type at the beginning of the blob of a key that can sign so: another name for RSA (RFC 8332 section 3), and for what browsers have made. */
    static String keyType(String algorithm) {
        if (algorithm.equals(WebAuthnSignature.ALGORITHM)) {
            return WebAuthnSignature.KEY_TYPE;
        }
        return algorithm.startsWith("rsa-sha2-") ? algorithm.replaceFirst("^rsa-sha2-(256|512)", "ssh-rsa") : algorithm;
    }

    /** What the signature itself says that it is: that of the key within a certificate. */
    static String signatureAlgorithm(String algorithm) {
        return SshCertificate.isCertificate(algorithm) ? SshCertificate.withoutSuffix(algorithm) : algorithm;
    }
}
