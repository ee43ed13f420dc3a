package io.portolan.sftp.server.internal.engine;

import io.portolan.ssh.internal.wire.SshWriter;

/** Answers INIT. One instance serves all channels. */
@FunctionalInterface
public interface Greeting {

    /**
     * Chooses the version.
     *
     * @param offered the highest version that the client speaks, a {@code uint32}
     * @param services what the session has, by which extensions are advertised
     * @return the version, and the VERSION packet from its message number on
     */
    Welcome answer(long offered, SftpServices services);

    /**
     * What was agreed on.
     *
     * @param version the version
     * @param packet what the peer is told
     */
    record Welcome(ProtocolVersion version, SshWriter packet) {}
}
