package io.portolan.ssh.internal.trust;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user's certificate says of the session that it is good for. Whoever has terms knows that the certificate is a user's, signed by its CA with a good algorithm, in
 * force, for somebody, to be used from this address, and without conditions that we do not understand. Not that anybody trusts its CA.
 *
 * @param forcedCommand what runs whatever is asked for
 * @param verificationRequired whether a security key has to verify its user
 * @param touchRequired whether a security key has to be touched
 * @param validBefore when it ends; {@link Instant#MAX} for never
 */
public record CertificateTerms(
        Optional<String> forcedCommand, boolean verificationRequired, boolean touchRequired, Instant validBefore) {

    /** What CAs may sign with. As OpenSSH has it by default: no SHA-1. */
    public static final List<String> AUTHORITY_ALGORITHMS = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com",
            "rsa-sha2-512",
            "rsa-sha2-256");

    private static final String FORCE_COMMAND = "force-command";
    private static final String SOURCE_ADDRESS = "source-address";
    private static final String VERIFY_REQUIRED = "verify-required";
    private static final String NO_TOUCH_REQUIRED = "no-touch-required";

    /**
     * Looks at a certificate.
     *
     * @param source where the user comes from
     * @throws TrustException if it is not good for a login now and from there
     */
    public static CertificateTerms of(SshCertificate certificate, InetAddress source, Instant now)
            throws TrustException {
        if (certificate.kind() != SshCertificate.Kind.USER) {
            throw new TrustException("not a user's certificate");
        }
        if (certificate.principals().isEmpty()) {
            throw new TrustException("a certificate for nobody in particular");
        }
        if (!certificate.isValidAt(now)) {
            throw new TrustException("a certificate that is not in force");
        }
        if (!certificate.isSigned(AUTHORITY_ALGORITHMS)) {
            throw new TrustException("a certificate without a good signature");
        }
        return terms(certificate, source);
    }

    private static CertificateTerms terms(SshCertificate certificate, InetAddress source) throws TrustException {
        Optional<String> command = Optional.empty();
        boolean verification = false;
        for (Map.Entry<String, byte[]> option : certificate.criticalOptions().entrySet()) {
            switch (option.getKey()) {
                case FORCE_COMMAND -> command = Optional.of(text(option.getValue()));
                case SOURCE_ADDRESS -> requireFrom(source, text(option.getValue()));
                case VERIFY_REQUIRED -> verification = true;
                default -> throw new TrustException("a certificate with a critical option that nobody knows");
            }
        }
        boolean touch = !certificate.extensions().containsKey(NO_TOUCH_REQUIRED);
        return new CertificateTerms(command, verification, touch, certificate.validBefore());
    }

    private static void requireFrom(InetAddress source, String list) throws TrustException {
        if (!AddressPatterns.networks(list).allows(source)) {
            throw new TrustException("a certificate that is not good from there");
        }
    }

    private static String text(byte[] value) throws TrustException {
        try {
            return SshCertificate.text(value);
        } catch (SshProtocolException e) {
            throw new TrustException("a certificate with a malformed option", e);
        }
    }
}
