package io.portolan.ftps.internal;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses the certificate that a client shows, by the authorities that the server names and by the kind of key that it can do with; for both engines. Immutable. */
final class ClientKeyManager extends X509ExtendedKeyManager {

    private final List<KeyEntry> entries;

    ClientKeyManager(List<KeyEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The first one of an authority that the server names; or else the first one at all, as servers may name none, or not all that they take. */
    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        List<Principal> named = issuers == null ? List.of() : Arrays.asList(issuers);
        int chosen = -1;
        for (int i = 0; i < entries.size(); i++) {
            KeyEntry entry = entries.get(i);
            if (Arrays.asList(keyTypes).contains(entry.key().getAlgorithm())) {
                if (entry.chain().stream().anyMatch(one -> named.contains(one.getIssuerX500Principal()))) {
                    return Integer.toString(i);
                }
                chosen = chosen < 0 ? i : chosen;
            }
        }
        return chosen < 0 ? null : Integer.toString(chosen);
    }

    private KeyEntry entry(String alias) {
        return entries.get(Integer.parseInt(alias));
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return entry(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return entry(alias).key();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).key().getAlgorithm().equals(keyType))
                .mapToObj(Integer::toString)
                .toArray(String[]::new);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
