package io.portolan.ftps.internal;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsPreset;
import java.util.List;

/**
 * What a {@link io.portolan.ftps.ServerTls} is told.
 *
 * @param keys what the server shows; none until set
 * @param engine what does the arithmetic
 * @param preset the cipher suites
 * @param resumption whether data connections must resume the session
 * @param requiredForLogin whether nobody logs in in the clear
 * @param requiredForData whether nothing is transferred in the clear
 * @param clearControl whether CCC is allowed
 */
public record ServerTlsSettings(
        List<KeyEntry> keys,
        TlsEngine engine,
        TlsPreset preset,
        SessionResumption resumption,
        boolean requiredForLogin,
        boolean requiredForData,
        boolean clearControl) {

    /** The safe ones, without keys. */
    public static final ServerTlsSettings DEFAULT = new ServerTlsSettings(
            List.of(), TlsEngine.AUTO, TlsPreset.MODERN, SessionResumption.REQUIRE, true, true, false);

    public ServerTlsSettings withKeys(List<KeyEntry> value) {
        return new ServerTlsSettings(
                value, engine, preset, resumption, requiredForLogin, requiredForData, clearControl);
    }

    public ServerTlsSettings withEngine(TlsEngine value) {
        return new ServerTlsSettings(keys, value, preset, resumption, requiredForLogin, requiredForData, clearControl);
    }

    public ServerTlsSettings withPreset(TlsPreset value) {
        return new ServerTlsSettings(keys, engine, value, resumption, requiredForLogin, requiredForData, clearControl);
    }

    public ServerTlsSettings withResumption(SessionResumption value) {
        return new ServerTlsSettings(keys, engine, preset, value, requiredForLogin, requiredForData, clearControl);
    }

    public ServerTlsSettings withRequiredForLogin(boolean value) {
        return new ServerTlsSettings(keys, engine, preset, resumption, value, requiredForData, clearControl);
    }

    public ServerTlsSettings withRequiredForData(boolean value) {
        return new ServerTlsSettings(keys, engine, preset, resumption, requiredForLogin, value, clearControl);
    }

    public ServerTlsSettings withClearControl(boolean value) {
        return new ServerTlsSettings(keys, engine, preset, resumption, requiredForLogin, requiredForData, value);
    }
}
