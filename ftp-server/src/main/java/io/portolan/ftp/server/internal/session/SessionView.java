package io.portolan.ftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.core.internal.server.LiveSession;
import io.portolan.session.Encryption;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A session as other threads see it. Written by its event loop only. */
public final class SessionView implements LiveSession {

    private final FtpSession session;
    private final String id;
    private final InetSocketAddress remoteAddress;
    private final InetSocketAddress localAddress;
    private final Instant connectedAt = Instant.now();
    private volatile @Nullable Identity user;
    private volatile @Nullable String virtualHost;
    private volatile @Nullable String clientSoftware;
    private volatile boolean encrypted;
    private volatile @Nullable Encryption encryption;
    private volatile List<X509Certificate> clientCertificates = List.of();

    SessionView(FtpSession session, String id, InetSocketAddress remoteAddress, InetSocketAddress localAddress) {
        this.session = session;
        this.id = id;
        this.remoteAddress = remoteAddress;
        this.localAddress = localAddress;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Protocol protocol() {
        return Protocol.FTP;
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

    /** The session itself, which belongs to its event loop. */
    public FtpSession session() {
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

    void user(@Nullable Identity identity) {
        user = identity;
    }

    @Override
    public Optional<String> virtualHost() {
        return Optional.ofNullable(virtualHost);
    }

    void virtualHost(@Nullable String name) {
        virtualHost = name;
    }

    @Override
    public Optional<String> clientSoftware() {
        return Optional.ofNullable(clientSoftware);
    }

    void clientSoftware(String name) {
        clientSoftware = name;
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return clientCertificates;
    }

    void clientCertificates(List<X509Certificate> chain) {
        clientCertificates = chain;
    }

    @Override
    public boolean isEncrypted() {
        return encrypted;
    }

    /** By what, is not known yet, or nothing any more. */
    void encrypted(boolean now) {
        encrypted = now;
        encryption = null;
    }

    @Override
    public Optional<Encryption> encryption() {
        return Optional.ofNullable(encryption);
    }

    void encryption(@Nullable Encryption agreed) {
        encryption = agreed;
    }

    @Override
    public String toString() {
        Identity now = user;
        return id + " " + (now == null ? "-" : now.name()) + "@" + remoteAddress;
    }
}
