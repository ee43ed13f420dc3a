package io.portolan.sftp.client.internal.protocol;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** What a server calls a file or directory that is open. */
public final class RemoteHandle {

    /** The drafts allow for 256 octets, and some servers have needed more. */
    static final int MAX_OCTETS = 1024;

    private final byte[] octets;

    private RemoteHandle(byte[] octets) {
        this.octets = octets;
    }

    static RemoteHandle read(SshReader in) throws SshProtocolException {
        byte[] octets = in.readString(MAX_OCTETS);
        in.expectEnd();
        return new RemoteHandle(octets);
    }

    byte[] octets() {
        return octets;
    }

    int length() {
        return octets.length;
    }
}
