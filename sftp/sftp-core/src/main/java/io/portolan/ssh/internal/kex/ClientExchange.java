package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.SshProtocolException;

/** A client's key exchange that waits for the server's share. */
public final class ClientExchange {

    private final KexMethod method;
    private final KeyAgreement.ClientHalf half;

    ClientExchange(KexMethod method, KeyAgreement.ClientHalf half) {
        this.method = method;
        this.half = half;
    }

    /** What the server is sent: Q_C, or C_INIT. */
    public byte[] share() {
        return half.share();
    }

    /**
     * The secret that both now have.
     *
     * @throws SshProtocolException if the server's share is none
     */
    public SharedSecret finish(byte[] serverShare) throws SshProtocolException {
        return method.secret(half.finish(serverShare));
    }
}
