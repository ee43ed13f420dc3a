package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.SecureRandom;

/**
 * The mathematics of a method: one message from the client, one answer. Stateless; what is secret is in the objects that it makes. Throws
 * nothing but {@link SshProtocolException} for whatever the peer sends.
 */
interface KeyAgreement {

    /** Begins as the client. */
    ClientHalf begin(SecureRandom random);

    /** Does the server's part at once. */
    ServerHalf answer(byte[] clientShare, SecureRandom random) throws SshProtocolException;

    /** A client that waits for the answer. */
    interface ClientHalf {
        /** What the server is sent. */
        byte[] share();

        /** The raw secret, of fixed width, which its taker zeroes. */
        byte[] finish(byte[] serverShare) throws SshProtocolException;
    }

    /** What a server has in the end. Neither array is a copy. */
    final class ServerHalf {
        private final byte[] share;
        private final byte[] secret;

        ServerHalf(byte[] share, byte[] secret) {
            this.share = share;
            this.secret = secret;
        }

        /** What the client is sent. */
        byte[] share() {
            return share;
        }

        /** The raw secret, of fixed width, which its taker zeroes. */
        byte[] secret() {
            return secret;
        }
    }
}
