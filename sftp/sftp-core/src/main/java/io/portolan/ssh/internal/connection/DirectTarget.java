package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshWriter;

/**
 * Where a peer is to connect to for us: the arguments of {@code direct-tcpip} (RFC 4254 section 7.2). Where that comes from at our side is nobody's business: it is told as
 * the loopback address.
 *
 * @param host a name or an address, for the peer to resolve
 * @param port the port
 */
public record DirectTarget(String host, int port) {

    private static final String ORIGINATOR = "127.0.0.1";

    byte[] arguments() {
        return new SshWriter()
                .writeString(host)
                .writeUint32(port)
                .writeString(ORIGINATOR)
                .writeUint32(0)
                .toByteArray();
    }
}
