package io.portolan.ssh.internal.kex;

/** A server's key exchange, done. */
public final class ServerExchange {

    private final byte[] share;
    private final SharedSecret secret;

    ServerExchange(byte[] share, SharedSecret secret) {
        this.share = share;
        this.secret = secret;
    }

    /** What the client is sent: Q_S, or S_REPLY. */
    public byte[] share() {
        return share.clone();
    }

    /** The secret that both will have. */
    public SharedSecret secret() {
        return secret;
    }
}
