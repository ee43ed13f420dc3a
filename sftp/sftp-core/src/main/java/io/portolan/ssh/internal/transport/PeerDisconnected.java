package io.portolan.ssh.internal.transport;

/**
 * The user event that tells that the peer has said goodbye; the connection is closed behind it.
 *
 * @param reason the number that it gave (RFC 4250 section 4.2.2)
 * @param description its words; whatever may stand there, control characters replaced
 */
public record PeerDisconnected(long reason, String description) {}
