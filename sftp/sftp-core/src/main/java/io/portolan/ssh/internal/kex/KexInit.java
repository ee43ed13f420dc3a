package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.security.SecureRandom;
import java.util.List;

/**
 * SSH_MSG_KEXINIT (RFC 4253 section 7.1). The cookie and the languages are only octets of the exchange hash, for which the caller keeps the whole
 * payload; they are no part of the record.
 *
 * @param algorithms what the sender can do
 * @param guessFollows whether its first key exchange packet follows without waiting for our KEXINIT ({@code first_kex_packet_follows})
 */
public record KexInit(AlgorithmProposal algorithms, boolean guessFollows) {

    static final int COOKIE_OCTETS = 16;

    /** The payload, with a fresh cookie. */
    public byte[] encode(SecureRandom random) {
        byte[] cookie = new byte[COOKIE_OCTETS];
        random.nextBytes(cookie);
        SshWriter writer =
                new SshWriter(1024).writeByte(SshMessageNumber.KEXINIT.number()).writeBytes(cookie);
        for (List<String> names : List.of(
                algorithms.keyExchanges(),
                algorithms.hostKeys(),
                algorithms.ciphersToServer(),
                algorithms.ciphersToClient(),
                algorithms.macsToServer(),
                algorithms.macsToClient(),
                algorithms.compressionsToServer(),
                algorithms.compressionsToClient(),
                List.<String>of(),
                List.<String>of())) {
            writer.writeNameList(names);
        }
        return writer.writeBoolean(guessFollows).writeUint32(0).toByteArray();
    }

    /**
     * Reads a payload. The reserved number may be anything, as it is for extensions to come; octets behind it may not.
     *
     * @throws SshProtocolException if it is no KEXINIT
     */
    public static KexInit decode(byte[] payload) throws SshProtocolException {
        SshReader reader = new SshReader(payload);
        if (reader.readByte() != SshMessageNumber.KEXINIT.number()) {
            throw SshProtocolException.malformed("no KEXINIT");
        }
        reader.readBytes(COOKIE_OCTETS);
        AlgorithmProposal algorithms = new AlgorithmProposal(
                reader.readNameList(),
                reader.readNameList(),
                reader.readNameList(),
                reader.readNameList(),
                reader.readNameList(),
                reader.readNameList(),
                reader.readNameList(),
                reader.readNameList());
        reader.readNameList();
        reader.readNameList();
        boolean guessFollows = reader.readBoolean();
        reader.readUint32();
        reader.expectEnd();
        return new KexInit(algorithms, guessFollows);
    }
}
