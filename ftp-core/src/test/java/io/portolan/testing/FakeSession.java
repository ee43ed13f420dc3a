package io.portolan.testing;

import io.portolan.auth.Identity;
import io.portolan.session.Encryption;
import io.portolan.session.SessionInfo;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that there is not, of the FTP client {@code 192.0.2.7}.
 *
 * @param id its identifier
 * @param user who is logged in
 * @param encryption by what it is encrypted
 */
public record FakeSession(String id, Optional<Identity> user, Optional<Encryption> encryption) implements SessionInfo {

    /** It is in the clear. */
    public FakeSession(String id, Optional<Identity> user) {
        this(id, user, Optional.empty());
    }

    /** Nobody is logged in. */
    public FakeSession(String id) {
        this(id, Optional.empty());
    }

    @Override
    public Protocol protocol() {
        return Protocol.FTP;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress("192.0.2.7", 40000);
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
    public Optional<String> virtualHost() {
        return Optional.empty();
    }

    @Override
    public Optional<String> clientSoftware() {
        return Optional.empty();
    }

    @Override
    public boolean isEncrypted() {
        return encryption.isPresent();
    }
}
