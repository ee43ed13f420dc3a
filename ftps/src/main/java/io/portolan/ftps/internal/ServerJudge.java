package io.portolan.ftps.internal;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Judges servers' certificates, and says of those that it refuses what is wrong with them. Asked with engines only, which know whom the client meant to talk to. */
final class ServerJudge extends X509ExtendedTrustManager {

    private final Trust trust;

    /** Who looks at the chain, and at the name as well if the engine is told to have it looked at; null if nobody does. */
    private final @Nullable X509ExtendedTrustManager authorities;

    private ServerJudge(Trust trust, @Nullable X509ExtendedTrustManager authorities) {
        this.trust = trust;
        this.authorities = authorities;
    }

    /** Reads the JVM's authorities, if it has to, which takes a moment. */
    static ServerJudge of(Trust trust) throws GeneralSecurityException {
        if (trust instanceof Trust.SystemAuthorities) {
            return new ServerJudge(trust, pkix(null));
        }
        if (trust instanceof Trust.Authorities some) {
            return new ServerJudge(trust, pkix(some.store()));
        }
        return new ServerJudge(trust, trust instanceof Trust.Judge other ? other.manager() : null);
    }

    private static X509ExtendedTrustManager pkix(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("this JVM has no judge of certificates");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (trust instanceof Trust.Anyone) {
            return;
        }
        if (trust instanceof Trust.Pinned pinned) {
            if (!pinned.fingerprints().contains(Fingerprint.of(chain[0]))) {
                throw UntrustedServerException.notPinned(name(engine), chain[0], pinned.fingerprints());
            }
            return;
        }
        X509ExtendedTrustManager judge = authorities;
        if (judge == null) {
            throw new CertificateException("nobody judges certificates");
        }
        try {
            judge.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            boolean onlyTheName = !(trust instanceof Trust.Judge) && accepts(judge, chain, authType);
            throw UntrustedServerException.refused(name(engine), chain, onlyTheName, e);
        }
    }

    /** Whether they have nothing against it, when they are not told for which name it is to be. */
    private static boolean accepts(X509ExtendedTrustManager judge, X509Certificate[] chain, String authType) {
        try {
            judge.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static String name(SSLEngine engine) {
        return String.valueOf(engine.getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("it is not said who the server is to be");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("clients are not judged here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    /** Not told to anybody: servers need not know whom a client trusts. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
