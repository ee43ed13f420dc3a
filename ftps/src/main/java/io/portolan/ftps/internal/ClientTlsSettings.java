package io.portolan.ftps.internal;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsPreset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * What a {@link io.portolan.ftps.ClientTls} is told.
 *
 * @param trust which servers are trusted
 * @param keys what the client shows, if anything
 * @param engine what does the arithmetic
 * @param preset the cipher suites
 * @param tls13 whether TLS 1.3 is offered
 * @param handshakeTimeout how long a handshake may take
 * @param applicationProtocol whether servers are told that FTP is to be spoken
 * @param dataProtected whether data connections are protected
 * @param controlCleared whether the control connection goes back into the clear
 */
public record ClientTlsSettings(
        Trust trust,
        Optional<KeySource> keys,
        TlsEngine engine,
        TlsPreset preset,
        boolean tls13,
        Duration handshakeTimeout,
        boolean applicationProtocol,
        boolean dataProtected,
        boolean controlCleared) {

    /**
     * Checks what cannot go together.
     *
     * @throws IllegalArgumentException if something cannot
     */
    public ClientTlsSettings {
        if (keys.isPresent() && keys.get() instanceof KeySource.Context) {
            throw new IllegalArgumentException(
                    "clientKeys: an SSLContext is for servers, as a client needs one for each session; give the keys, or the key manager that it was made with");
        }
    }

    /** The versions of TLS that are offered. */
    List<String> protocols() {
        return tls13 ? CipherSuites.PROTOCOLS : List.of(CipherSuites.TLS_1_2);
    }

    /** What the engines ask for the client's keys, if there are any. */
    Optional<X509ExtendedKeyManager> keyManager() {
        return keys.map(source -> {
            if (source instanceof KeySource.Entries here) {
                return new ClientKeyManager(here.entries());
            }
            return ((KeySource.Managed) source).manager();
        });
    }
}
