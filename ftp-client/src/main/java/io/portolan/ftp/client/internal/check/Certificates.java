package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.Diagnosis;
import io.portolan.core.internal.check.Finding;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what is wrong with a certificate. */
final class Certificates {

    /** Long enough ahead for somebody to renew it. */
    private static final Duration SOON = Duration.ofDays(14);

    private Certificates() {}

    static Finding judge(ExaminingTrust trust, CheckSettings settings, String seen) {
        List<X509Certificate> chain = trust.chain();
        if (chain.isEmpty()) {
            return Finding.failed(
                    "the server has no certificate",
                    Finding.diagnosis(
                            "no-certificate",
                            Blame.SERVER,
                            settings.endpoint(),
                            "Give the server a certificate: without one nobody can tell it from somebody in between."));
        }
        X509Certificate certificate = chain.get(0);
        String described = seen + ", certificate of " + certificate.getSubjectX500Principal() + ", SHA-256 "
                + fingerprint(certificate);
        Optional<Diagnosis> wrong = wrong(trust, settings, certificate);
        if (wrong.isPresent()) {
            String message = described + ", is not to be trusted: " + reason(trust);
            return settings.insecure()
                    ? Finding.warned(message, wrong.get())
                    : Finding.failed(message + "; no password was sent", wrong.get());
        }
        Instant end = certificate.getNotAfter().toInstant();
        return end.isBefore(Instant.now().plus(SOON))
                ? Finding.warned(
                        described + ", expires at " + end,
                        Finding.diagnosis(
                                "certificate-expires-soon",
                                Blame.SERVER,
                                "certificate that ends at " + end,
                                "Renew the certificate at the server."))
                : Finding.passed(described + ", until " + end);
    }

    private static Optional<Diagnosis> wrong(
            ExaminingTrust trust, CheckSettings settings, X509Certificate certificate) {
        Instant now = Instant.now();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of(Finding.diagnosis(
                    "certificate-expired",
                    Blame.SERVER,
                    "certificate that ended at " + certificate.getNotAfter().toInstant(),
                    "Renew the certificate at the server, and let it load the new one."));
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return Optional.of(Finding.diagnosis(
                    "certificate-not-yet-valid",
                    Blame.SERVER,
                    "certificate that begins at " + certificate.getNotBefore().toInstant(),
                    "Check the clocks of this machine and of the server."));
        }
        if (trust.chainProblem().isPresent()) {
            boolean selfSigned = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            return Optional.of(
                    Finding.diagnosis(
                            selfSigned ? "certificate-self-signed" : "certificate-issuer-unknown",
                            Blame.SERVER,
                            "certificate of " + certificate.getIssuerX500Principal(),
                            selfSigned
                                    ? "Give the server a certificate of an authority that clients know; or, if the fingerprint above is the one that the server's owner says, let the client trust exactly it."
                                    : "Let the server send the whole chain up to an authority that clients know; or let the client trust the authority that has signed it."));
        }
        return trust.nameProblem()
                .map(problem -> Finding.diagnosis(
                        "certificate-name",
                        Blame.SERVER,
                        settings.host() + " is not among " + names(certificate),
                        "Use a name that the certificate has, or give the server a certificate for this one."));
    }

    private static String reason(ExaminingTrust trust) {
        return trust.chainProblem()
                .or(trust::nameProblem)
                .map(problem -> String.valueOf(problem.getMessage()))
                .orElse("its time");
    }

    private static String names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? "no names at all"
                    : names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", "));
        } catch (CertificateParsingException e) {
            return "names that cannot be read";
        }
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
