package io.portolan.ftps.internal;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Some key manager's keys, with which engines that are only tried cannot sign: they can do nothing but resume a session. The certificates they get, for newer JDKs look them up when they resume one.
 */
final class KeysForTrials extends X509ExtendedKeyManager {

    /** The peer's port of an engine that is only tried; no other has one. */
    static final int TRIAL = -2;

    /** Before the alias that such an engine gets; nobody names a key so. */
    private static final String TRIED = "\0tried:";

    private final X509ExtendedKeyManager keys;

    KeysForTrials(X509ExtendedKeyManager keys) {
        this.keys = keys;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String alias = keys.chooseEngineServerAlias(keyType, issuers, engine);
        return alias != null && engine != null && engine.getPeerPort() == TRIAL ? TRIED + alias : alias;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return keys.chooseServerAlias(keyType, issuers, socket);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.getCertificateChain(isTried(alias) ? alias.substring(TRIED.length()) : alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        if (!isTried(alias)) {
            return keys.getPrivateKey(alias);
        }
        PrivateKey key = keys.getPrivateKey(alias.substring(TRIED.length()));
        return key == null ? null : new Unusable(key.getAlgorithm());
    }

    private static boolean isTried(String alias) {
        return alias.startsWith(TRIED);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keys.getServerAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    /** No provider signs with it. */
    private static final class Unusable implements PrivateKey {

        private static final long serialVersionUID = 1;

        private final String algorithm;

        Unusable(String algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        public String getAlgorithm() {
            return algorithm;
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }
}
