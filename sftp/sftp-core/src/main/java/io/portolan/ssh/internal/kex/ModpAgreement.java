package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Diffie-Hellman modulo a prime, of RFC 3526 or of a server's choice (RFC 4253 section 8, RFC 8268, RFC 4419). Slow: a peer makes us compute for milliseconds by a packet that costs it nothing, so that no
 * preset but the compatible one has it.
 */
record ModpAgreement(ModpGroup group) implements KeyAgreement {

    static final ModpAgreement GROUP_14 = new ModpAgreement(ModpGroup.STANDARD.get(0));
    static final ModpAgreement GROUP_16 = new ModpAgreement(ModpGroup.STANDARD.get(2));
    static final ModpAgreement GROUP_18 = new ModpAgreement(ModpGroup.STANDARD.get(4));

    /** Of the exponent: twice the strength of the strongest of these groups, which RFC 4419 section 6.2 calls for, and far from the work of a full one. */
    private static final int EXPONENT_BITS = 512;

    private record Half(BigInteger exponent, BigInteger share) {}

    private Half generate(SecureRandom random) {
        // the highest bit is set, so that all exponents have the same length
        BigInteger exponent = new BigInteger(EXPONENT_BITS, random).setBit(EXPONENT_BITS - 1);
        return new Half(exponent, group.generator().modPow(exponent, group.prime()));
    }

    @Override
    public ClientHalf begin(SecureRandom random) {
        Half half = generate(random);
        return new ClientHalf() {
            @Override
            public byte[] share() {
                return half.share().toByteArray();
            }

            @Override
            public byte[] finish(byte[] serverShare) throws SshProtocolException {
                return agree(half, serverShare);
            }
        };
    }

    @Override
    public ServerHalf answer(byte[] clientShare, SecureRandom random) throws SshProtocolException {
        Half half = generate(random);
        return new ServerHalf(half.share().toByteArray(), agree(half, clientShare));
    }

    private byte[] agree(Half half, byte[] theirs) throws SshProtocolException {
        BigInteger share = decode(theirs);
        BigInteger secret = share.modPow(half.exponent(), group.prime());
        if (secret.equals(BigInteger.ONE)) {
            throw bad("a share that gives no secret");
        }
        return fixedWidth(secret);
    }

    /** An mpint from 2 to p - 2 (RFC 8268 section 4). */
    private BigInteger decode(byte[] octets) throws SshProtocolException {
        if (octets.length == 0 || octets.length > width() + 1) {
            throw bad("a share of " + octets.length + " octets");
        }
        BigInteger share = new BigInteger(octets);
        BigInteger last = group.prime().subtract(BigInteger.TWO);
        if (share.compareTo(BigInteger.TWO) < 0 || share.compareTo(last) > 0) {
            throw bad("a share out of range");
        }
        if (!Arrays.equals(octets, share.toByteArray())) {
            throw bad("a share with octets too many");
        }
        return share;
    }

    /** Of the prime; that of a server's choice need not be a whole number of octets. */
    private int width() {
        return (group.bits() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private byte[] fixedWidth(BigInteger value) {
        byte[] octets = value.toByteArray();
        byte[] fixed = new byte[width()];
        int taken = Math.min(octets.length, fixed.length);
        System.arraycopy(octets, octets.length - taken, fixed, fixed.length - taken, taken);
        Arrays.fill(octets, (byte) 0);
        return fixed;
    }

    private static SshProtocolException bad(String what) {
        return new SshProtocolException(DisconnectReason.KEY_EXCHANGE_FAILED, what);
    }
}
