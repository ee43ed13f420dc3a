package io.portolan.ssh.internal.auth;

import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.wire.DisconnectReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transport that remembers what it was asked. */
final class FakeTransport implements SshTransport {

    final byte[] sessionId = new byte[32];
    final byte[] hostKey = {1, 2, 3};
    final List<String> calls = new ArrayList<>();

    @Nullable
    DisconnectReason disconnected;

    @Override
    public byte[] sessionId() {
        return sessionId;
    }

    @Override
    public byte[] hostKey() {
        return hostKey;
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
        calls.add("unimplemented");
    }

    @Override
    public void authenticated() {
        calls.add("authenticated");
    }

    @Override
    public void disconnect(DisconnectReason reason, String description) {
        calls.add("disconnect");
        disconnected = reason;
    }
}
