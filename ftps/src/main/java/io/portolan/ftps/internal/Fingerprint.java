package io.portolan.ftps.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/** SHA-256 of certificates, as people compare them: in hexadecimal, in upper case, with colons between. */
public final class Fingerprint {

    private static final HexFormat FORM = HexFormat.ofDelimiter(":").withUpperCase();

    private static final int OCTETS = 32;

    private Fingerprint() {}

    /** A certificate's. */
    public static String of(X509Certificate certificate) {
        try {
            return FORM.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What somebody has typed, in this form. */
    static String parse(String typed) {
        String digits = typed.replace(":", "").strip().toUpperCase(Locale.ROOT);
        try {
            byte[] octets = HexFormat.of().parseHex(digits);
            if (octets.length == OCTETS) {
                return FORM.formatHex(octets);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("fingerprints: \"" + typed + "\" is not hexadecimal", e);
        }
        throw new IllegalArgumentException(
                "fingerprints: \"" + typed + "\" is not SHA-256, which has " + OCTETS + " octets");
    }
}
