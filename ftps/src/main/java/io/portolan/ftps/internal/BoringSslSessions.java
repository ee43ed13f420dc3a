package io.portolan.ftps.internal;

import io.netty.internal.tcnative.SSL;
import io.netty.internal.tcnative.SSLSession;

/**
 * What the last data connection of a control connection has offered to resume, so that the next one can offer it once more if nothing newer has come. Event loop only.
 *
 * <p>Netty keeps the sessions and tickets that come, and lets go of a ticket when it has been used, as RFC 8446 (appendix C.4) wants it. But BoringSSL takes no tickets any more once it has said its end, which is when some servers
 * send them on uploads, ours among them; and such a server would refuse the next connection. That tickets are to be used once is for the sake of those who do not want to be recognised, and a data
 * connection shows by its address already whose it is.
 */
final class BoringSslSessions {

    /** What is said of a connection that has offered none. */
    private static final long NONE = -1;

    /** A native session that is ours to free, or 0. */
    private long last;

    /** Lets a connection fall back on it. To be called before its handshake begins, in which Netty takes what is newer, if there is anything. */
    void offer(long connection) {
        if (last != 0) {
            SSL.setSession(connection, last);
        }
    }

    /** Remembers what a connection has offered. To be called when it has said its hello, and before the answer. */
    void offered(long connection) {
        long session = SSL.getSession(connection);
        if (session != NONE && session != 0 && session != last && SSLSession.upRef(session)) {
            replace(session);
        }
    }

    /** Frees it. May be called twice. */
    void close() {
        replace(0);
    }

    private void replace(long session) {
        if (last != 0) {
            SSLSession.free(last);
        }
        last = session;
    }
}
