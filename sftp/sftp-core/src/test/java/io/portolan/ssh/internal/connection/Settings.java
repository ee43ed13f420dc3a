package io.portolan.ssh.internal.connection;

import java.time.Duration;

/** Settings for tests. */
final class Settings {

    /** Windows that do not grow. */
    static final ConnectionSettings FIXED = with(ConnectionSettings.LEAST_WINDOW, ConnectionSettings.LEAST_WINDOW);

    private Settings() {}

    static ConnectionSettings with(int usualWindow, int mostWindow) {
        return new ConnectionSettings(
                ConnectionSettings.MAX_CHANNELS,
                ConnectionSettings.MAX_PACKET,
                ConnectionSettings.LEAST_WINDOW,
                usualWindow,
                mostWindow,
                ConnectionSettings.PENDING_HIGH,
                ConnectionSettings.PENDING_LOW,
                Duration.ZERO,
                1);
    }
}
