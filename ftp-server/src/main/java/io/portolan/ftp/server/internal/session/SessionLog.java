package io.portolan.ftp.server.internal.session;

import io.portolan.auth.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes what operators should know of a session, with the MDC keys {@code session}, {@code user} and {@code remote}. */
public final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.portolan.ftp.session");

    private SessionLog() {}

    public static void warn(FtpSession session, String what, Throwable failure) {
        with(session, () -> LOG.warn("[{}] {}", session.info(), what, failure));
    }

    public static void debug(FtpSession session, String what, Throwable cause) {
        if (LOG.isDebugEnabled()) {
            with(session, () -> LOG.debug("[{}] {}", session.info(), what, cause));
        }
    }

    private static void with(FtpSession session, Runnable log) {
        MDC.put("session", session.info().id());
        MDC.put("user", session.info().user().map(Identity::name).orElse("-"));
        MDC.put("remote", session.info().remoteAddress().toString());
        try {
            log.run();
        } finally {
            MDC.remove("session");
            MDC.remove("user");
            MDC.remove("remote");
        }
    }
}
