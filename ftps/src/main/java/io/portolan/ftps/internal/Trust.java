package io.portolan.ftps.internal;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which servers are trusted; see {@link io.portolan.ftps.ServerTrust}. */
public sealed interface Trust {

    /** Those that the JVM's authorities vouch for. */
    Trust SYSTEM = new SystemAuthorities();

    /** Whoever there is. */
    Trust ANYONE = new Anyone();

    record SystemAuthorities() implements Trust {}

    /**
     * Those that some authorities vouch for.
     *
     * @param store the authorities; nobody else's, and never changed
     */
    record Authorities(KeyStore store) implements Trust {}

    /**
     * Those whose own certificate is known.
     *
     * @param fingerprints as {@link Fingerprint} writes them
     */
    record Pinned(Set<String> fingerprints) implements Trust {}

    record Anyone() implements Trust {}

    /**
     * Those that somebody else accepts.
     *
     * @param manager who that is
     */
    record Judge(X509ExtendedTrustManager manager) implements Trust {}

    static Trust authorities(List<X509Certificate> authorities) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("trust: there is no authority, so that no server would be trusted");
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (X509Certificate authority : authorities) {
                store.setCertificateEntry(Integer.toString(store.size()), authority);
            }
            return new Authorities(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("trust: the authorities' certificates cannot be used", e);
        }
    }

    /** Takes over the certificates; of key entries, whose certificates are this side's own, none. */
    static Trust keyStore(KeyStore given) {
        List<X509Certificate> authorities = new ArrayList<>();
        try {
            for (String alias : Collections.list(given.aliases())) {
                Certificate certificate = given.isCertificateEntry(alias) ? given.getCertificate(alias) : null;
                if (certificate instanceof X509Certificate authority) {
                    authorities.add(authority);
                }
            }
        } catch (KeyStoreException e) {
            throw new IllegalArgumentException("trust: the key store has not been loaded", e);
        }
        return authorities(authorities);
    }

    static Trust pinned(List<String> typed) {
        if (typed.isEmpty()) {
            throw new IllegalArgumentException("trust: there is no fingerprint, so that no server would be trusted");
        }
        return new Pinned(typed.stream().map(Fingerprint::parse).collect(Collectors.toUnmodifiableSet()));
    }
}
