package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.wire.DisconnectReason;
import java.util.List;

/**
 * What the layers above the key exchange ask of it. They read and write payloads, from the message number on, as {@code ByteBuf}s through the pipeline. While keys are
 * exchanged the channel is not writable; what is written nevertheless is kept up to a limit, so that whoever sends much looks at the channel's writability. On the event
 * loop only.
 */
public interface SshTransport {

    /** The hash of the connection's first key exchange (RFC 4253 section 7.2). */
    byte[] sessionId();

    /** The key, or the certificate, by which the server has shown who it is in the first key exchange; signatures for authentication may be bound to it. */
    byte[] hostKey();

    /** What the peer calls itself: its identification line without CR LF. */
    String remoteVersion();

    /** The signature algorithms that the peer says it takes for authentication ({@code server-sig-algs}, RFC 8308 section 3.1); empty if it has not said. */
    List<String> peerSignatureAlgorithms();

    /** Answers the message that was read last with UNIMPLEMENTED (RFC 4253 section 11.4). */
    void unimplemented();

    /** The peer is logged in: limits that hold until then are taken off, and compression that waits for it begins behind USERAUTH_SUCCESS, which has been written. */
    void authenticated();

    /**
     * Tells the peer that it is over, and closes the connection once that is sent.
     *
     * @param description what the peer may read, without anything that helps an attacker
     */
    void disconnect(DisconnectReason reason, String description);
}
