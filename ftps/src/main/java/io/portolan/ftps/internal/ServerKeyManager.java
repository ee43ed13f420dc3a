package io.portolan.ftps.internal;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Chooses the certificate by the name that the client asks for and by the kind of key that it can do with; for both engines. Immutable. */
final class ServerKeyManager extends X509ExtendedKeyManager {

    private record Candidate(String alias, KeyEntry entry, Set<String> names) {
        boolean isOf(String keyType) {
            return entry.key().getAlgorithm().equals(keyType);
        }

        boolean isFor(String host) {
            return names.stream().anyMatch(name -> HostNames.matches(name, host));
        }
    }

    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<String, KeyEntry> byAlias = new HashMap<>();

    ServerKeyManager(List<KeyEntry> entries) {
        for (KeyEntry entry : entries) {
            String alias = Integer.toString(candidates.size());
            candidates.add(
                    new Candidate(alias, entry, HostNames.of(entry.chain().get(0))));
            byAlias.put(alias, entry);
        }
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        String host = engine == null ? null : host(engine);
        Candidate first = null;
        for (Candidate candidate : candidates) {
            if (candidate.isOf(keyType)) {
                if (host == null || candidate.isFor(host)) {
                    return candidate.alias();
                }
                first = first == null ? candidate : first;
            }
        }
        // another kind of key may be the one for the name, unless there is none for it at all
        boolean elsewhere = host != null && candidates.stream().anyMatch(candidate -> candidate.isFor(host));
        return first == null || elsewhere ? null : first.alias();
    }

    /** The name that the client has told TLS, or else FTP. */
    private static @Nullable String host(SSLEngine engine) {
        String name = serverName(engine.getHandshakeSession());
        String said = engine.getPeerHost();
        return name != null || said == null ? name : said.toLowerCase(Locale.ROOT);
    }

    /** The name that the client asks for, or null. */
    static @Nullable String serverName(@Nullable SSLSession session) {
        if (session instanceof ExtendedSSLSession extended) {
            for (SNIServerName name : extended.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        KeyEntry entry = byAlias.get(alias);
        return entry == null ? null : entry.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        KeyEntry entry = byAlias.get(alias);
        return entry == null ? null : entry.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return candidates.stream()
                .filter(candidate -> candidate.isOf(keyType))
                .map(Candidate::alias)
                .toArray(String[]::new);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
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
}
