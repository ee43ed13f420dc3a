package io.portolan.ftps.internal;

import io.portolan.core.internal.codec.ControlCharacters;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A server's certificate is not trusted. The message says what has come, what is wrong with it, for which name, and what to do about it. */
final class UntrustedServerException extends CertificateException {

    private static final long serialVersionUID = 1L;

    /** Of a certificate with more names, people look elsewhere for theirs. */
    private static final int NAMES_TOLD = 10;

    /** Longer than any name that means something; what a stranger has sent is to fill no log. */
    private static final int LONGEST_NAME = 256;

    private UntrustedServerException(String message, CertificateException cause) {
        super(message, cause);
    }

    private UntrustedServerException(String message) {
        super(message);
    }

    static UntrustedServerException notPinned(String host, X509Certificate certificate, Set<String> pinned) {
        return new UntrustedServerException("The certificate of " + host
                + " is not the one that was pinned (" + String.join(", ", new TreeSet<>(pinned))
                + "): either the server has a new one, or somebody else answers in its place. Ask who runs the server before you pin another. "
                + description(certificate));
    }

    /**
     * The judges have refused it.
     *
     * @param onlyTheName whether all is well with it, but that it is for other names
     */
    static UntrustedServerException refused(
            String host, X509Certificate[] chain, boolean onlyTheName, CertificateException cause) {
        X509Certificate certificate = chain[0];
        String reason = onlyTheName ? otherName(host, certificate) : reason(chain, cause);
        return new UntrustedServerException(
                "The certificate of " + host + " is not trusted: " + reason + " " + description(certificate), cause);
    }

    private static String otherName(String host, X509Certificate certificate) {
        Set<String> names = names(certificate);
        if (names.isEmpty()) {
            return "it names no host at all. The server needs one that names " + host
                    + "; meanwhile its fingerprint can be pinned.";
        }
        return "it is for " + told(names) + ", and not for " + host
                + ". Connect by one of these names if it is the same server; or its fingerprint can be pinned.";
    }

    private static String reason(X509Certificate[] chain, CertificateException cause) {
        Optional<String> dates = Arrays.stream(chain)
                .flatMap(certificate -> dates(certificate, Instant.now()).stream())
                .findFirst();
        if (dates.isPresent()) {
            return dates.get();
        }
        X509Certificate last = chain[chain.length - 1];
        if (isSelfSigned(chain[0])) {
            return "nobody but the server itself vouches for it (self-signed). Compare its fingerprint with what the one who runs the server tells you, and pin it.";
        }
        if (cause.getCause() instanceof CertPathBuilderException) {
            return "no authority that is trusted here vouches for it; the chain that has come ends with "
                    + plain(last.getIssuerX500Principal().getName())
                    + ". Trust that authority's certificate if it is your own, or have the server send the certificates between.";
        }
        return plain(String.valueOf(cause.getMessage())) + ".";
    }

    private static Optional<String> dates(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        String whose = "that of " + plain(certificate.getSubjectX500Principal().getName());
        if (now.isAfter(until)) {
            return Optional.of(whose + " has expired on " + until + ", and it is " + now
                    + " now. The server needs a new one, unless this machine's clock is wrong.");
        }
        if (now.isBefore(from)) {
            return Optional.of(whose + " is not valid before " + from + ", and it is " + now
                    + " now. Set this machine's clock, unless the server has it too early.");
        }
        return Optional.empty();
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String description(X509Certificate certificate) {
        return "What came is " + plain(certificate.getSubjectX500Principal().getName()) + ", issued by "
                + plain(certificate.getIssuerX500Principal().getName()) + ", for " + told(names(certificate))
                + ", SHA-256 " + Fingerprint.of(certificate);
    }

    /** None if they cannot be read: then they have not been the reason either. */
    private static Set<String> names(X509Certificate certificate) {
        try {
            return HostNames.of(certificate);
        } catch (IllegalArgumentException e) {
            return Set.of();
        }
    }

    private static String told(Set<String> names) {
        if (names.isEmpty()) {
            return "no host";
        }
        StringBuilder told = new StringBuilder();
        Iterator<String> each = names.iterator();
        for (int i = 0; i < NAMES_TOLD && each.hasNext(); i++) {
            told.append(i == 0 ? "" : ", ").append(plain(each.next()));
        }
        return each.hasNext() ? told + " and " + (names.size() - NAMES_TOLD) + " more" : told.toString();
    }

    /** What a stranger has written, for terminals and logs. */
    private static String plain(String said) {
        String cut = said.length() > LONGEST_NAME ? said.substring(0, LONGEST_NAME) + "…" : said;
        return ControlCharacters.replace(cut);
    }
}
