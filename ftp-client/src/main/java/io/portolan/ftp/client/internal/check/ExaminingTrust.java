package io.portolan.ftp.client.internal.check;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets every certificate pass and remembers what the JDK's own trust says of it, so that the handshake ends and everything that is wrong can be told at once. Whoever uses it asks before anything secret is sent; what it tells is
 * of the last handshake.
 */
final class ExaminingTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager standard;
    private List<X509Certificate> chain = List.of();
    private @Nullable CertificateException chainProblem;
    private @Nullable CertificateException nameProblem;

    ExaminingTrust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        standard = Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }

    List<X509Certificate> chain() {
        return chain;
    }

    /** What is wrong with who has signed it and when it holds. */
    Optional<CertificateException> chainProblem() {
        return Optional.ofNullable(chainProblem);
    }

    /** What is wrong with the name in a certificate that is fine otherwise. */
    Optional<CertificateException> nameProblem() {
        return Optional.ofNullable(nameProblem);
    }

    boolean isTrusted() {
        return !chain.isEmpty() && chainProblem == null && nameProblem == null;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, Socket socket) {
        chain = List.of(presented);
        chainProblem = null;
        nameProblem = null;
        try {
            standard.checkServerTrusted(presented, authType);
        } catch (CertificateException e) {
            chainProblem = e;
            return;
        }
        try {
            standard.checkServerTrusted(presented, authType, socket);
        } catch (CertificateException e) {
            nameProblem = e;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no engines here");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType) throws CertificateException {
        throw new CertificateException("there is no name to compare with");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType) throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("there are no clients here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return standard.getAcceptedIssuers();
    }
}
