package io.portolan.ssh.internal.transport;

/**
 * The user event that tells why we end the connection: the peer broke the rules, or something broke here. Fired once, before the connection is closed.
 *
 * @param cause for the log
 */
public record TransportFailed(Throwable cause) {}
