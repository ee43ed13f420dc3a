package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;

/**
 * How large a group a client wants, in bits (SSH_MSG_KEX_DH_GEX_REQUEST, RFC 4419 section 3). The numbers are kept as they came, for they are hashed.
 *
 * @param min at least
 * @param preferred if there is a choice
 * @param max at most
 */
public record GroupRequest(long min, long preferred, long max) {

    /** RFC 8270: what is shorter is not used, whoever asks for it. */
    public static final int MIN_BITS = 2048;

    /** RFC 4419 section 3 has both sides support that; what is longer makes us compute for seconds. */
    public static final int MAX_BITS = 8192;

    /** As strong as 128 bits and more, at a third of the time that 8,192 bits take (RFC 8270 section 2 asks for 3,072 for that). */
    private static final int PREFERRED_BITS = 4096;

    /** What we ask for as a client. */
    public static final GroupRequest OURS = new GroupRequest(MIN_BITS, PREFERRED_BITS, MAX_BITS);

    /** Reads the message behind its number. */
    public static GroupRequest read(SshReader reader) throws SshProtocolException {
        GroupRequest request = new GroupRequest(reader.readUint32(), reader.readUint32(), reader.readUint32());
        reader.expectEnd();
        if (request.min > request.preferred || request.preferred > request.max) {
            throw SshProtocolException.malformed("a request for a group from " + request);
        }
        return request;
    }

    /** As it is sent, behind the message's number, and hashed. */
    public void write(SshWriter writer) {
        writer.writeUint32(min).writeUint32(preferred).writeUint32(max);
    }

    /** Whether a group of so many bits is what was asked for, and within our own limits. */
    boolean allows(int bits) {
        return bits >= Math.max(min, MIN_BITS) && bits <= Math.min(max, MAX_BITS);
    }

    /**
     * The group for the client: the smallest that is as large as it prefers, or else the largest that it takes (RFC 4419 section 3).
     *
     * @throws SshProtocolException if it takes none that we have
     */
    public ModpGroup choose() throws SshProtocolException {
        ModpGroup chosen = null;
        for (ModpGroup group : ModpGroup.STANDARD) {
            if (allows(group.bits()) && (chosen == null || chosen.bits() < preferred)) {
                chosen = group;
            }
        }
        if (chosen == null) {
            throw new SshProtocolException(
                    DisconnectReason.KEY_EXCHANGE_FAILED, "a request for a group from " + this + ", and we have none");
        }
        return chosen;
    }

    @Override
    public String toString() {
        return min + " to " + max + " bits, rather " + preferred;
    }
}
