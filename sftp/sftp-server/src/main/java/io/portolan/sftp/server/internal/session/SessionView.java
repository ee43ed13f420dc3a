package io.portolan.sftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.core.internal.server.LiveSession;
import io.portolan.session.Encryption;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A session as other threads see it. Written by its event loop only. */
public final class SessionView implements LiveSession {

    private final SftpSession session;
    private final String id;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private final Instant connectedAt = Instant.now();
    private volatile @Nullable Identity user;
    private volatile @Nullable String clientSoftware;
    private volatile @Nullable Encryption encryption;

    SessionView(SftpSession session, String id, InetSocketAddress remoteAddress, InetSocketAddress localAddress) {
        this.session = session;
        this.id = id;
        this.remoteAddress = remoteAddress;
        this.localAddress = localAddress;
    }

    /** The session itself, which belongs to its event loop. */
    public SftpSession session() {
        return session;
    }

    @Override
    public Executor loop() {
        return session.loop();
    }

    @Override
    public void drain() {
        session.drain();
    }

    @Override
    public void kick(String reason) {
        session.kick(reason);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Protocol protocol() {
        return Protocol.SFTP;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public Instant connectedAt() {
        return connectedAt;
    }

    @Override
    public Optional<Identity> user() {
        return Optional.ofNullable(user);
    }

    void user(Identity identity) {
        user = identity;
    }

    @Override
    public Optional<String> virtualHost() {
        return Optional.empty();
    }

    @Override
    public Optional<String> clientSoftware() {
        return Optional.ofNullable(clientSoftware);
    }

    void clientSoftware(String name) {
        clientSoftware = name;
    }

    @Override
    public boolean isEncrypted() {
        return encryption != null;
    }

    @Override
    public Optional<Encryption> encryption() {
        return Optional.ofNullable(encryption);
    }

    void encryption(Encryption agreed) {
        encryption = agreed;
    }

    @Override
    public String toString() {
        Identity now = user;
        return id + " " + (now == null ? "-" : now.name()) + "@" + remoteAddress;
    }
}
