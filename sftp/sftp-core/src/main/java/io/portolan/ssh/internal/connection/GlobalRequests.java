package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/**
 * What answers global requests that the connection layer does not know by itself (RFC 4254 section 4), such as {@code hostkeys-prove-00@openssh.com}. On the event loop
 * only.
 */
public interface GlobalRequests {

    /** Refuses all. */
    GlobalRequests NONE = (name, arguments, reply) -> false;

    /**
     * A request has come. The reply may be given later; it is sent in the order of the requests.
     *
     * @param name its name
     * @param arguments what is behind {@code want reply}; valid during this call only
     * @param reply what is sent if a reply is wanted, and else nothing; exactly one call
     * @return whether it is dealt with; if not, it is refused, and the reply must not be used
     * @throws SshProtocolException to end the connection
     */
    boolean received(String name, SshReader arguments, Reply reply) throws SshProtocolException;

    /** The answer to one request. */
    interface Reply {

        /**
         * It was done.
         *
         * @param response what is specific to the request, maybe nothing
         */
        void success(byte[] response);

        /** It is refused. */
        void failure();
    }
}
