package io.portolan.sftp.client.testing;

import io.portolan.auth.Identity;
import io.portolan.session.SessionInfo;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/** A session of nobody. */
final class NoSession implements SessionInfo {

    private final Instant connectedAt = Instant.now();

    @Override
    public String id() {
        return "test";
    }

    @Override
    public Protocol protocol() {
        return Protocol.SFTP;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return InetSocketAddress.createUnresolved("client.example", 1);
    }

    @Override
    public InetSocketAddress localAddress() {
        return InetSocketAddress.createUnresolved("server.example", 22);
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
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
        return true;
    }
}
