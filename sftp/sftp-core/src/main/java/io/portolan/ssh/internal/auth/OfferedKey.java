package io.portolan.ssh.internal.auth;

import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.trust.CertificateTerms;
import io.portolan.ssh.internal.trust.TrustException;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A key that is shown, alone or in a certificate. A certificate's terms are looked at here, so that they hold whoever the authenticator is; whether its CA is trusted the authenticator
 * knows.
 *
 * @param type of the blob: that of the certificate, if it is one
 * @param key what signs
 */
@SuppressWarnings("ArrayRecordComponent") // internal, never changed, never compared
record OfferedKey(String type, byte[] blob, SshPublicKey key, Optional<CertificateTerms> terms) {

    static OfferedKey decode(byte[] blob, InetAddress source) throws SshProtocolException, TrustException {
        String type = SshCertificate.typeOf(blob);
        if (!SshCertificate.isCertificate(type)) {
            SshPublicKey key = SshPublicKey.decode(blob);
            return new OfferedKey(key.type(), key.blob(), key, Optional.empty());
        }
        SshCertificate certificate = SshCertificate.decode(blob);
        CertificateTerms terms = CertificateTerms.of(certificate, source, Instant.now());
        return new OfferedKey(type, blob, certificate.key(), Optional.of(terms));
    }

    Credentials.PublicKey credentials(boolean signed) {
        return new Credentials.PublicKey(type, blob, signed);
    }

    /** Those of the certificate. */
    LoginRestrictions restrictions() {
        return terms.map(CertificateRestrictions::of).orElse(LoginRestrictions.none());
    }

    /** Those of the certificate and those of the account. */
    LoginRestrictions restrictions(Identity identity) throws TrustException {
        LoginRestrictions account = LoginRestrictions.of(identity);
        try {
            return terms.isEmpty() ? account : restrictions().and(account);
        } catch (IllegalArgumentException e) {
            throw new TrustException("the certificate and the account leave nothing: " + e.getMessage(), e);
        }
    }
}
