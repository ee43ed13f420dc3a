package io.portolan.core.internal.session;

import io.portolan.auth.Identity;
import io.portolan.session.SessionInfo;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

record FakeSession(String id) implements SessionInfo {

    @Override
    public Protocol protocol() {
        return Protocol.FTP;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress("192.0.2.1", 40000);
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress("192.0.2.2", 21);
    }

    @Override
    public Instant connectedAt() {
        return Instant.EPOCH;
    }

    @Override
    public Optional<Identity> user() {
        return Optional.empty();
    }

    @Override
    public Optional<String> virtualHost() {
        return Optional.empty();
    }

    @Override
    public Optional<String> clientSoftware() {
        return Optional.empty();
    }

    @Override
    public boolean isEncrypted() {
        return false;
    }
}
