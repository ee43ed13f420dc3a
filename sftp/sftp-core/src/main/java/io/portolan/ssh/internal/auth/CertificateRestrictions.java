package io.portolan.ssh.internal.auth;

import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.trust.CertificateTerms;
import java.time.Instant;

/** What the terms of a certificate are to a session. */
public final class CertificateRestrictions {

    private CertificateRestrictions() {}

    /** Those that an account does not lift. */
    public static LoginRestrictions of(CertificateTerms terms) {
        LoginRestrictions.Builder builder = LoginRestrictions.builder()
                .touchRequired(terms.touchRequired())
                .verificationRequired(terms.verificationRequired());
        terms.forcedCommand().ifPresent(builder::forcedCommand);
        if (!terms.validBefore().equals(Instant.MAX)) {
            builder.expires(terms.validBefore());
        }
        return builder.build();
    }
}
