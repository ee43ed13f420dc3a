package io.portolan.sftp.server.internal.engine;

import io.portolan.ssh.internal.wire.SshProtocolException;

/** One kind of request. Has no state of its own: one instance serves all channels. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Reads a request and says what is to be done. Must not block.
     *
     * @param request the request, whose fields behind the id are in {@link Request#reader}
     * @param channel what the request is about
     * @return what is to be done
     * @throws SshProtocolException if it is not what the draft says; the peer is told BAD_MESSAGE. Octets behind the last field are ignored, as OpenSSH does
     * @throws RequestFailure if it can be answered at once, and not well
     */
    Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure;
}
