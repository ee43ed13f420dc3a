package io.portolan.sftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.session.SessionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes what operators should know of a session, with the MDC keys {@code session}, {@code user} and {@code remote}. */
final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.portolan.sftp.session");

    private SessionLog() {}

    static void warn(SessionInfo session, String what, @Nullable Throwable failure) {
        with(session, () -> LOG.warn("[{}] {}", session, what, failure));
    }

    static void debug(SessionInfo session, String what, @Nullable Throwable cause) {
        if (LOG.isDebugEnabled()) {
            with(session, () -> LOG.debug("[{}] {}", session, what, cause));
        }
    }

    private static void with(SessionInfo session, Runnable log) {
        MDC.put("session", session.id());
        MDC.put("user", session.user().map(Identity::name).orElse("-"));
        MDC.put("remote", session.remoteAddress().toString());
        try {
            log.run();
        } finally {
            MDC.remove("session");
            MDC.remove("user");
            MDC.remove("remote");
        }
    }
}
