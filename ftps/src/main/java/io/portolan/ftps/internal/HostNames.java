package io.portolan.ftps.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.util.IPAddress;

/** The hosts that a certificate is for: its alternative names (RFC 6125), a common name being long out of use. */
final class HostNames {

    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private HostNames() {}

    /** Names in lower case, with their wildcards, and addresses. */
    static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    int type = (Integer) alternative.get(0);
                    if ((type == DNS || type == ADDRESS) && alternative.get(1) instanceof String name) {
                        names.add(normal(name));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalArgumentException("the certificate's names cannot be read", e);
        }
        return names;
    }

    /** As certificates are read: names in lower case, addresses as Java writes them, which has no {@code ::}. */
    static String normal(String host) {
        if (!IPAddress.isValid(host)) {
            return host.toLowerCase(Locale.ROOT);
        }
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is not looked up", e);
        }
    }

    /** Whether a pattern such as {@code *.example.net} stands for a name; the star stands for one label. */
    static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }
}
