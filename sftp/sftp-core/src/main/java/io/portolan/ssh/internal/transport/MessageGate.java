package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.wire.MessageRange;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;

/**
 * Which message numbers a peer may send at all, by its role and by how far the connection is (RFC 4253 section 7.1, RFC 4252 section 6). What a layer above expects in
 * detail is its own affair; that nothing reaches it too early, or from the wrong side, is decided here for all.
 */
final class MessageGate {

    private static final int NUMBERS = 256;

    /** How far a connection is. */
    enum Phase {
        /** The first key exchange has not ended. */
        KEY_EXCHANGE,
        /** The peer is not logged in. */
        AUTHENTICATION,
        /** The peer is logged in. */
        CONNECTION
    }

    private final boolean[] fromWrongSide = new boolean[NUMBERS];
    private Phase phase = Phase.KEY_EXCHANGE;

    MessageGate(boolean peerIsClient) {
        for (int number = 0; number < NUMBERS; number++) {
            List<SshMessageNumber> messages = SshMessageNumber.of(number);
            fromWrongSide[number] = !messages.isEmpty()
                    && messages.stream().noneMatch(message -> message.sender().may(peerIsClient));
        }
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /** Refuses what must not come now. */
    void check(int number) throws SshProtocolException {
        if (fromWrongSide[number]) {
            throw SshProtocolException.malformed("message " + number + " from the side that never sends it");
        }
        boolean allowed = switch (MessageRange.of(number)) {
            case TRANSPORT -> phase != Phase.KEY_EXCHANGE || isAlwaysAllowed(number);
            case NEGOTIATION, KEY_EXCHANGE -> true; // the key exchange has a table of its own
            case AUTHENTICATION, AUTHENTICATION_METHOD, LOCAL_EXTENSION, RESERVED -> phase != Phase.KEY_EXCHANGE;
            case GLOBAL_REQUEST, CHANNEL -> phase == Phase.CONNECTION;
            case NONE -> false;
        };
        if (!allowed) {
            throw SshProtocolException.malformed("message " + number + " in the phase " + phase);
        }
    }

    /** What may come at any time, but not in a first key exchange that is strict. */
    static boolean isAlwaysAllowed(int number) {
        return number == SshMessageNumber.DISCONNECT.number()
                || number == SshMessageNumber.IGNORE.number()
                || number == SshMessageNumber.UNIMPLEMENTED.number()
                || number == SshMessageNumber.DEBUG.number();
    }
}
