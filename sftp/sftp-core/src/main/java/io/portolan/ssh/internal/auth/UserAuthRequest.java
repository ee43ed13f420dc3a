package io.portolan.ssh.internal.auth;

import io.portolan.sftp.auth.LoginMethod;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.Arrays;
import java.util.Optional;

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

    /** The name of a request whose signature covers the host key too (OpenSSH's PROTOCOL, section 3). */
    static final String HOST_BOUND = "publickey-hostbound-v00@openssh.com";

    /** The method, if it is one that shows who somebody is; {@code none} only asks which there are (section 5.2). */
    Optional<LoginMethod> loginMethod() {
        if (method.equals(HOST_BOUND)) {
            return Optional.of(LoginMethod.PUBLIC_KEY);
        }
        return Arrays.stream(LoginMethod.values())
                .filter(known -> known.sshName().equals(method))
                .findFirst();
    }

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
