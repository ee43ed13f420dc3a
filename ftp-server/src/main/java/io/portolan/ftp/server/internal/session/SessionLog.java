package io.portolan.ftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.core.internal.codec.FtpRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Writes what operators should know of a session, with the MDC keys {@code session}, {@code user} and {@code remote}. */
public final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.portolan.ftp.session");

    private SessionLog() {}

    public static void warn(FtpSession session, String what, @Nullable Throwable failure) {
        with(session, () -> LOG.warn("[{}] {}", session.info(), what, failure));
    }

    /** A command that has come; its {@code toString} keeps passwords to itself. */
    static void heard(FtpSession session, FtpRequest request) {
        if (LOG.isDebugEnabled()) {
            with(session, () -> LOG.debug("[{}] > {}", session.info(), request));
        }
    }

    public static void debug(FtpSession session, String what, @Nullable Throwable cause) {
        if (LOG.isDebugEnabled()) {
            with(session, () -> LOG.debug("[{}] {}", session.info(), what, cause));
        }
    }

    /** A command that cannot be done, which is an answer and no fault. */
    static void refused(FtpSession session, FtpRequest request, Throwable failure) {
        if (LOG.isDebugEnabled()) {
            with(session, () -> LOG.debug("[{}] {} refused: {}", session.info(), request, failure.toString()));
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
