package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.wire.DisconnectReason;
import java.util.ArrayList;
import java.util.List;

/** A transport that notes what is asked of it. */
final class FakeTransport implements SshTransport {

    final List<DisconnectReason> disconnects = new ArrayList<>();
    int unimplemented;

    @Override
    public byte[] sessionId() {
        return new byte[32];
    }

    @Override
    public byte[] hostKey() {
        return new byte[0];
    }

    @Override
    public String remoteVersion() {
        return "SSH-2.0-Test";
    }

    @Override
    public List<String> peerSignatureAlgorithms() {
        return List.of();
    }

    @Override
    public void unimplemented() {
        unimplemented++;
    }

    @Override
    public void authenticated() {
        throw new AssertionError("the peer is logged in already");
    }

    @Override
    public void disconnect(DisconnectReason reason, String description) {
        disconnects.add(reason);
    }
}
