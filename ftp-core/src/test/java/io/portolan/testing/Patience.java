package io.portolan.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Has all waits of a test run wait for longer than anything takes on a busy machine, unless they say otherwise. Found by the service loader. */
public final class Patience implements LauncherSessionListener {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONG_ENOUGH);
    }
}
