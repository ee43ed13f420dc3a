package io.portolan.ssh.internal.auth;

import io.portolan.auth.Identity;
import io.portolan.session.SessionInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;

/** A session from some address. */
public record FakeSession(InetSocketAddress remoteAddress) implements SessionInfo {

    public static FakeSession from(String address) {
        try {
            return new FakeSession(new InetSocketAddress(InetAddress.getByName(address), 50_000));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public String id() {
        return "test";
    }

    @Override
    public Protocol protocol() {
        return Protocol.SFTP;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 22);
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
        return true;
    }
}
