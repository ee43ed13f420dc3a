package io.portolan.ftps.internal;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsPreset;
import java.util.List;

/**
 * What a {@link io.portolan.ftps.ServerTls} is told.
 *
 * @param keys what the server shows
 * @param clients what clients show
 * @param engine what does the arithmetic
 * @param preset the cipher suites
 * @param resumption whether data connections must resume the session
 * @param requiredForLogin whether nobody logs in in the clear
 * @param requiredForData whether nothing is transferred in the clear
 * @param clearControl whether CCC is allowed
 * @param serverNames what the server is called, in lower case; if empty, whatever clients call it
 */
public record ServerTlsSettings(
        KeySource keys,
        ClientAuth clients,
        TlsEngine engine,
        TlsPreset preset,
        SessionResumption resumption,
        boolean requiredForLogin,
        boolean requiredForData,
        boolean clearControl,
        List<String> serverNames) {

    /** The provider whose sessions have been shown to tell, when they are resumed, of which they are. */
    private static final String KNOWN_PROVIDER = "SunJSSE";

    /**
     * Checks what cannot go together.
     *
     * @throws IllegalArgumentException if something cannot
     */
    public ServerTlsSettings {
        serverNames = List.copyOf(serverNames);
        if (keys instanceof KeySource.Context given) {
            requireFor(given.context().getProvider().getName(), clients, engine, resumption);
        } else if (clients.demand() != ClientAuth.Demand.OFF && !clients.hasJudge()) {
            throw new IllegalArgumentException(
                    "clientCertificates: nobody judges them; name authorities or a judge, unless the keys are an SSLContext");
        }
    }

    private static void requireFor(
            String provider, ClientAuth clients, TlsEngine engine, SessionResumption resumption) {
        if (engine == TlsEngine.BORINGSSL) {
            throw new IllegalArgumentException("engine: an SSLContext is for the JDK's, not for BoringSSL");
        }
        if (clients.hasJudge()) {
            throw new IllegalArgumentException(
                    "clientCertificates: the SSLContext judges them itself; use ClientCertificates.wanted() or needed()");
        }
        if (resumption == SessionResumption.REQUIRE && !provider.equals(KNOWN_PROVIDER)) {
            throw new IllegalArgumentException(
                    "dataSessionResumption: with an SSLContext of " + provider
                            + " it cannot be told whether a data connection resumes the session of its own control connection; give keys instead of the context, or use PREFER or OFF, where only the client's address protects data connections from being stolen");
        }
    }

    /** The same with other keys, and other clients. */
    public ServerTlsSettings with(KeySource newKeys, ClientAuth newClients) {
        return new ServerTlsSettings(
                newKeys,
                newClients,
                engine,
                preset,
                resumption,
                requiredForLogin,
                requiredForData,
                clearControl,
                serverNames);
    }

    /** Whether a name that a client asks for, in lower case, is the server's. */
    boolean isServerName(String name) {
        return serverNames.isEmpty() || serverNames.stream().anyMatch(known -> HostNames.matches(known, name));
    }
}
