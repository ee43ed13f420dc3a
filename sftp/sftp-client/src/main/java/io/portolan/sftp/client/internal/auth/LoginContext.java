package io.portolan.sftp.client.internal.auth;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.List;

/**
 * What all requests of one login have in common.
 *
 * @param user who logs in
 * @param host where, for prompts and messages
 * @param sessionId what signatures are bound to
 * @param serverAlgorithms the signature algorithms that the server takes; empty if it has not said
 */
@SuppressWarnings("ArrayRecordComponent") // handed in once, and never changed
record LoginContext(String user, String host, byte[] sessionId, List<String> serverAlgorithms) {

    /** What one logs in for (RFC 4252 section 5). */
    static final String SERVICE = "ssh-connection";

    /** The beginning of a request by a method. */
    SshWriter request(String method) {
        return new SshWriter()
                .writeByte(SshMessageNumber.USERAUTH_REQUEST.number())
                .writeString(user)
                .writeString(SERVICE)
                .writeString(method);
    }
}
