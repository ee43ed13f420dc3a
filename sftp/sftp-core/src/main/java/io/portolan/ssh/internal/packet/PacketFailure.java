package io.portolan.ssh.internal.packet;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** The failures of this layer. Each ends the connection: where the next packet begins is unknown, or must not matter. */
final class PacketFailure {

    private PacketFailure() {}

    /**
     * A wrong MAC, length or padding. Neither the peer nor the log is told which, so that nobody learns from our answer what became of octets that he changed
     * (CVE-2008-5161 and its like).
     */
    static SshProtocolException broken() {
        return new SshProtocolException(DisconnectReason.MAC_ERROR, "broken packet");
    }

    /** Keys that were not changed although it was time. */
    static SshProtocolException keysUsedUp(long packets) {
        return new SshProtocolException(
                DisconnectReason.PROTOCOL_ERROR, "keys were not changed after " + packets + " packets");
    }

    /** A peer that sends and sends, and does not log in. */
    static SshProtocolException tooMuchBeforeAuthentication() {
        return new SshProtocolException(DisconnectReason.PROTOCOL_ERROR, "too much before authentication");
    }
}
