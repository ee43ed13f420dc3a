package io.portolan.sftp.client.internal.connect;

import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.internal.Untrusted;
import io.portolan.ssh.internal.transport.PeerDisconnected;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;

/** Says in the words of the API what has ended a connection. */
final class ConnectFailures {

    private static final int MAX_WORDS = 300;

    private ConnectFailures() {}

    /** What broke at our end, or what we found wrong at the other. */
    static SftpException of(Hop hop, Throwable cause) {
        if (cause instanceof SftpException known) {
            return known;
        }
        if (cause instanceof SshProtocolException violation) {
            return new SftpProtocolException(
                    "the connection to " + hop + " makes no sense: " + violation.getMessage(), violation);
        }
        if (cause instanceof IOException) {
            return new SftpConnectionException("the connection to " + hop + " is broken: " + cause.getMessage(), cause);
        }
        return new SftpException("the connection to " + hop + " has ended by a fault of ours: " + cause, cause, false);
    }

    /** The server has said goodbye. */
    static SftpConnectionException goodbye(Hop hop, PeerDisconnected goodbye) {
        String words = Untrusted.line(goodbye.description(), MAX_WORDS);
        return new SftpConnectionException(
                hop + " has ended the connection, reason " + goodbye.reason() + (words.isBlank() ? "" : ": " + words),
                null);
    }

    /** The server has hung up. */
    static SftpConnectionException closed(Hop hop, String when) {
        return new SftpConnectionException(hop + " has closed the connection " + when, null);
    }
}
