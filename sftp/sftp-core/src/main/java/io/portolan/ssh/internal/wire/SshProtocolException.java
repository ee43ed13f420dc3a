package io.portolan.ssh.internal.wire;

import java.io.IOException;

/**
 * The peer did what ends the connection. The message is for our log, never for the wire: there the reason is enough, and a peer that attacks
 * learns nothing more.
 */
public final class SshProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    private final DisconnectReason reason;

    public SshProtocolException(DisconnectReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public SshProtocolException(DisconnectReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Bytes that are not what the protocol says, at whatever layer. */
    public static SshProtocolException malformed(String message) {
        return new SshProtocolException(DisconnectReason.PROTOCOL_ERROR, message);
    }

    /** What the peer is told. */
    public DisconnectReason reason() {
        return reason;
    }
}
