package io.portolan.ftps.internal;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsPreset;

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
 */
public record ServerTlsSettings(
        KeySource keys,
        ClientAuth clients,
        TlsEngine engine,
        TlsPreset preset,
        SessionResumption resumption,
        boolean requiredForLogin,
        boolean requiredForData,
        boolean clearControl) {

    /** The same with other keys, and other clients. */
    public ServerTlsSettings with(KeySource newKeys, ClientAuth newClients) {
        return new ServerTlsSettings(
                newKeys, newClients, engine, preset, resumption, requiredForLogin, requiredForData, clearControl);
    }
}
