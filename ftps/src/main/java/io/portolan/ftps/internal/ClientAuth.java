package io.portolan.ftps.internal;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whether clients show certificates, and who judges them; see {@link io.portolan.ftps.ClientCertificates}. */
public final class ClientAuth {

    /** How much they are wanted. */
    public enum Demand {
        OFF,
        WANTED,
        NEEDED
    }

    /** Nobody is asked. */
    public static final ClientAuth OFF = new ClientAuth(Demand.OFF, List.of(), null);

    private final Demand demand;
    private final List<X509Certificate> authorities;
    private final @Nullable X509ExtendedTrustManager judge;

    private ClientAuth(Demand demand, List<X509Certificate> authorities, @Nullable X509ExtendedTrustManager judge) {
        this.demand = demand;
        this.authorities = authorities;
        this.judge = judge;
    }

    /** Whoever has made the context that was given judges. */
    public static ClientAuth byContext(Demand demand) {
        return new ClientAuth(demand, List.of(), null);
    }

    public static ClientAuth by(Demand demand, X509ExtendedTrustManager judge) {
        return new ClientAuth(demand, List.of(), Objects.requireNonNull(judge, "judge"));
    }

    public static ClientAuth by(Demand demand, Collection<X509Certificate> authorities) {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("authorities: none, so that no certificate would be trusted");
        }
        List<X509Certificate> all = List.copyOf(authorities);
        return new ClientAuth(demand, all, pkix(all, List.of()));
    }

    public ClientAuth revokedBy(Collection<X509CRL> lists) {
        if (authorities.isEmpty()) {
            throw new IllegalStateException("revokedBy: there are no authorities whose lists these could be");
        }
        return new ClientAuth(demand, authorities, pkix(authorities, lists));
    }

    private static X509ExtendedTrustManager pkix(List<X509Certificate> authorities, Collection<X509CRL> lists) {
        try {
            Set<TrustAnchor> anchors = authorities.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toSet());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
            parameters.setRevocationEnabled(!lists.isEmpty());
            if (!lists.isEmpty()) {
                parameters.addCertStore(
                        CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.copyOf(lists))));
                PKIXRevocationChecker checker = (PKIXRevocationChecker)
                        CertPathBuilder.getInstance("PKIX").getRevocationChecker();
                checker.setOptions(
                        EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
                parameters.addCertPathChecker(checker);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("this JVM has no judge of certificates");
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the authorities' certificates cannot be used", e);
        }
    }

    /** Whether certificates are judged here. */
    boolean hasJudge() {
        return judge != null;
    }

    Demand demand() {
        return demand;
    }

    /** Who judges; one who trusts nobody where nobody is asked, since the engines would take the JVM's authorities otherwise. */
    X509ExtendedTrustManager judge() {
        return judge == null ? NobodyTrusted.INSTANCE : judge;
    }
}
