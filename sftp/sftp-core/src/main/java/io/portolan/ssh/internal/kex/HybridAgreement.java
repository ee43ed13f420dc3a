package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A key encapsulation and a classical agreement in one, as draft-ietf-sshm-mlkem-hybrid-kex section 2 and RFC 9941 section 3 have it: on the wire the
 * post-quantum part comes first, and the secret is the digest of both secrets, each of fixed width. Who breaks one of the two has nothing.
 *
 * @param classicalOctets how long the classical share is
 * @param digest the JDK's name of the method's digest
 */
record HybridAgreement(Kem kem, KeyAgreement classical, int classicalOctets, String digest) implements KeyAgreement {

    @Override
    public ClientHalf begin(SecureRandom random) {
        return new Client(this, kem.generate(random), classical.begin(random));
    }

    @Override
    public ServerHalf answer(byte[] clientShare, SecureRandom random) throws SshProtocolException {
        requireLength(clientShare, kem.publicKeyOctets());
        // The cheap half first: a share that is no point costs an attacker more than us.
        ServerHalf second = classical.answer(behind(clientShare, kem.publicKeyOctets()), random);
        ServerHalf first = kem.encapsulate(Arrays.copyOf(clientShare, kem.publicKeyOctets()), random);
        return new ServerHalf(join(first.share(), second.share()), combine(first.secret(), second.secret()));
    }

    private void requireLength(byte[] share, int kemOctets) throws SshProtocolException {
        if (share.length != kemOctets + classicalOctets) {
            throw new SshProtocolException(
                    DisconnectReason.KEY_EXCHANGE_FAILED,
                    "a share of " + share.length + " octets instead of " + (kemOctets + classicalOctets));
        }
    }

    private static byte[] behind(byte[] share, int kemOctets) {
        return Arrays.copyOfRange(share, kemOctets, share.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private byte[] combine(byte[] first, byte[] second) {
        MessageDigest hash = Digests.named(digest);
        hash.update(first);
        hash.update(second);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
        return hash.digest();
    }

    private record Client(HybridAgreement method, Kem.Receiver receiver, ClientHalf second) implements ClientHalf {
        @Override
        public byte[] share() {
            return join(receiver.publicKey(), second.share());
        }

        @Override
        public byte[] finish(byte[] serverShare) throws SshProtocolException {
            int kemOctets = method.kem.ciphertextOctets();
            method.requireLength(serverShare, kemOctets);
            byte[] classical = second.finish(behind(serverShare, kemOctets));
            return method.combine(receiver.decapsulate(Arrays.copyOf(serverShare, kemOctets)), classical);
        }
    }
}
