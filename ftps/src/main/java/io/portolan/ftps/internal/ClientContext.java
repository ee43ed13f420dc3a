package io.portolan.ftps.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;

/** A client's settings, ready for handshakes by one of the engines. */
interface ClientContext {

    /**
     * Begins a session: its connections share a TLS session, which no other session's do. Servers can so demand that a data connection resumes the session of its own control connection, while there are others to the same server.
     *
     * @param host the server's name or address, that its certificate has to be for
     * @param port the port of the control connection
     */
    Session begin(String host, int port) throws SSLException;

    /** The TLS of one control connection and its data connections. Event loop only. */
    interface Session {

        /** The handler of the control connection. */
        SslHandler control(ByteBufAllocator allocator);

        /** The handler of a data connection. */
        SslHandler data(ByteBufAllocator allocator);

        /** To be told when a data connection has said its hello. */
        void begun(SslHandler data);

        /** Whether the handshake of a data connection, which is done, has resumed a TLS session of this session's. */
        boolean isResumed(SslHandler data);

        /** Nothing more begins. Connections that there are may go on. May be called twice. */
        void close();
    }
}
