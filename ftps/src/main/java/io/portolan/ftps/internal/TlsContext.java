package io.portolan.ftps.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.portolan.core.internal.security.DataClaim;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One set of keys, ready for handshakes by one of the engines. */
interface TlsContext extends AutoCloseable {

    /**
     * Begins a session: its connections share a TLS session that no other session's connections can resume.
     *
     * @param host the server's name, for clients that do not tell TLS one; or null
     * @throws IllegalStateException if this is closed
     */
    Session begin(@Nullable String host);

    /** Lets go of the keys when the last session has ended. */
    @Override
    void close();

    /** The TLS of one control connection and its data connections. Event loop only. */
    interface Session {

        /** The handler of the control connection. */
        SslHandler control(ByteBufAllocator allocator);

        /** The handler of a data connection. */
        SslHandler data(ByteBufAllocator allocator);

        /** Whether the handshake of a data connection, which is done, has resumed a TLS session of this session's. */
        boolean isResumed(SslHandler data);

        /** What tells this session's data connections from others by their client hello, or empty if the engine cannot. */
        Optional<DataClaim> claim();

        /** Nothing more begins. Connections that there are may go on. May be called twice. */
        void close();
    }
}
