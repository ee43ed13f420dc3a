package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;

/**
 * A prime and its generator for Diffie-Hellman.
 *
 * @param prime p
 * @param generator g
 */
public record ModpGroup(BigInteger prime, BigInteger generator) {

    /** Of RFC 3526, the smallest first: safe primes that everybody knows. */
    static final List<ModpGroup> STANDARD = List.of(
            of(DHStandardGroups.rfc3526_2048),
            of(DHStandardGroups.rfc3526_3072),
            of(DHStandardGroups.rfc3526_4096),
            of(DHStandardGroups.rfc3526_6144),
            of(DHStandardGroups.rfc3526_8192));

    private static ModpGroup of(DHParameters parameters) {
        return new ModpGroup(parameters.getP(), parameters.getG());
    }

    /** The length of the prime. */
    int bits() {
        return prime.bitLength();
    }

    /**
     * Reads what a server has chosen, SSH_MSG_KEX_DH_GEX_GROUP behind its number.
     *
     * @param request what it was asked for
     * @throws SshProtocolException if it is another size than was asked for, or if no such group can be good
     */
    public static ModpGroup read(SshReader reader, GroupRequest request) throws SshProtocolException {
        BigInteger prime = reader.readUnsignedMpint(GroupRequest.MAX_BITS);
        BigInteger generator = reader.readUnsignedMpint(GroupRequest.MAX_BITS);
        reader.expectEnd();
        if (!request.allows(prime.bitLength())) {
            throw refused("a group of " + prime.bitLength() + " bits; asked for " + request);
        }
        boolean inRange =
                generator.compareTo(BigInteger.ONE) > 0 && generator.compareTo(prime.subtract(BigInteger.ONE)) < 0;
        if (!prime.testBit(0) || !inRange) {
            throw refused("a group that is none");
        }
        return new ModpGroup(prime, generator);
    }

    /** As it is sent, behind the message's number, and hashed. */
    public void write(SshWriter writer) {
        writer.writeMpint(prime).writeMpint(generator);
    }

    private static SshProtocolException refused(String what) {
        return new SshProtocolException(DisconnectReason.KEY_EXCHANGE_FAILED, what);
    }
}
