package io.portolan.ssh.internal.auth;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/**
 * What every SSH_MSG_USERAUTH_REQUEST begins with (RFC 4252 section 5).
 *
 * @param user as sent; any text
 * @param service what is wanted after the login, always {@code ssh-connection}
 * @param method as sent; a name
 */
record UserAuthRequest(String user, String service, String method) {

    static final String CONNECTION_SERVICE = "ssh-connection";

    /** Far more than any account has, and little enough to be looked up and logged. */
    static final int MAX_USER_OCTETS = 1024;

    /** Reads on behind the message's number. */
    static UserAuthRequest read(SshReader reader) throws SshProtocolException {
        String user = reader.readUtf8(MAX_USER_OCTETS);
        String service = reader.readName();
        if (!service.equals(CONNECTION_SERVICE)) {
            throw new SshProtocolException(DisconnectReason.SERVICE_NOT_AVAILABLE, "a login for " + service);
        }
        return new UserAuthRequest(user, service, reader.readName());
    }
}
