package io.portolan.ssh.internal.transport;

/** The user event that tells that the first key exchange is done: from here on services can be asked for. */
public record TransportReady(SshTransport transport) {}
