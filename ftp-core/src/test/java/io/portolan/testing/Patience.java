package io.portolan.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** How long tests wait for what is to come. All waits of a test run wait so long unless they say otherwise; for that, this is found by the service loader. */
public final class Patience implements LauncherSessionListener {

    /** Far more than anything takes on a busy machine, so that only a hang comes to it. */
    public static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    /** The same for sockets. */
    public static final int MILLIS = (int) LONG_ENOUGH.toMillis();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LONG_ENOUGH);
    }
}
