package io.portolan.sftp.auth;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.ssh.internal.auth.CertificateRestrictions;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.trust.AuthorizedKeyList;
import io.portolan.ssh.internal.trust.CertificateTerms;
import io.portolan.ssh.internal.trust.TrustException;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Lets users in by OpenSSH certificates ({@code ssh-keygen -s}) that a trusted CA has signed for them. A certificate has to be a user's, in force, for a principal (the user's own name,
 * unless told otherwise), good from where the user comes, and without critical options other than {@code force-command}, {@code source-address} and {@code verify-required}. One without
 * principals is for nobody. To have it checked against a revocation list, put it into {@link RevokedKeys#refusedBy}.
 */
public final class TrustedUserCas implements Authenticator {

    private final Cas cas;
    private final UserPrincipals principals;

    @FunctionalInterface
    private interface Cas {
        Optional<AuthorizedKeyList> get() throws Exception;
    }

    private TrustedUserCas(Cas cas, UserPrincipals principals) {
        this.cas = cas;
        this.principals = principals;
    }

    /**
     * Trusts CAs.
     *
     * @param lines their public keys, one on each line, as in a {@code .pub} file; a line with options that restrict is of no effect, as nobody would keep to them
     * @return the authenticator
     * @throws IllegalArgumentException if a line is wrong; the message names it
     */
    public static TrustedUserCas of(String lines) {
        AuthorizedKeyList keys;
        try {
            keys = AuthorizedKeyList.parse(lines, (line, problem) -> {
                throw new IllegalArgumentException("the CAs: line " + line + ": " + problem);
            });
        } catch (TrustException e) {
            throw new IllegalArgumentException("the CAs: " + e.getMessage(), e);
        }
        return new TrustedUserCas(() -> Optional.of(keys), Set::of);
    }

    /**
     * Trusts the CAs of a file, on the terms of {@link AuthorizedKeys#file}.
     *
     * @param file the file, with their public keys, one on each line
     * @return the authenticator
     */
    public static TrustedUserCas file(Path file) {
        return new TrustedUserCas(new KeyFile(file)::read, Set::of);
    }

    /**
     * The same CAs, whose certificates are for others than those whose names are in them.
     *
     * @param names whom certificates have to be for, for each user
     * @return the authenticator
     */
    public TrustedUserCas withPrincipals(UserPrincipals names) {
        return new TrustedUserCas(cas, names);
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) throws Exception {
        if (!(request.credentials() instanceof Credentials.PublicKey key)) {
            return AuthenticationResult.rejected("only certificates are accepted");
        }
        try {
            LoginRestrictions restrictions = check(key.blob(), request);
            return AuthenticationResult.accepted(restrictions.attachTo(Identity.of(request.user())));
        } catch (TrustException e) {
            return AuthenticationResult.rejected(String.valueOf(e.getMessage()));
        }
    }

    private LoginRestrictions check(byte[] blob, AuthenticationRequest request) throws Exception {
        if (!SshCertificate.isCertificate(SshCertificate.typeOf(blob))) {
            throw new TrustException("a key without a certificate");
        }
        SshCertificate certificate = decode(blob);
        Optional<AuthorizedKeyList> trusted = cas.get();
        if (trusted.isEmpty()
                || !trusted.get().containsPlain(certificate.authority().blob())) {
            throw new TrustException("a certificate of a CA that is not trusted");
        }
        AuthorizedKeyList.requirePrincipal(certificate, principals.of(request.user()));
        return CertificateRestrictions.of(CertificateTerms.of(
                certificate, request.session().remoteAddress().getAddress(), Instant.now()));
    }

    private static SshCertificate decode(byte[] blob) throws TrustException {
        try {
            return SshCertificate.decode(blob);
        } catch (SshProtocolException e) {
            throw new TrustException("a malformed certificate", e);
        }
    }
}
