package io.portolan.ftp.server.internal.session;

import io.portolan.guard.ConnectionGate;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Client certificates that have let nobody in under the name that was said. Whoever says no password next has guessed at the name, and the guard hears of it. Until then it is open; a few of an address may be, but not
 * one for each connection that it can have, since that would be as many guesses for nothing. For several threads.
 */
public final class RefusedCertificates {

    /** As many people as may be typing their passwords behind one address; further ones count as failures that the right password takes back. */
    static final int MAX_OPEN_PER_ADDRESS = 16;

    /** What listeners are told of one that counts. */
    static final String REASON = "the certificate is not this user's";

    private final LoginGuard guard;
    private final ConnectionGate gate = new ConnectionGate(ConnectionLimits.builder()
            .total(Integer.MAX_VALUE)
            .perAddress(MAX_OPEN_PER_ADDRESS)
            .build());

    public RefusedCertificates(LoginGuard guard) {
        this.guard = guard;
    }

    /** A certificate was refused: it is open now, or empty if it has been counted already. */
    Optional<Refused> add(InetAddress source, String user) {
        Optional<Refused> open = gate.enter(source).map(slot -> new Refused(source, user, slot));
        if (open.isEmpty()) {
            guard.failed(source, user);
        }
        return open;
    }

    /** One of them, of which it is not known yet what it was. */
    final class Refused {
        private final InetAddress source;
        private final String user;
        private final ConnectionGate.Slot slot;

        Refused(InetAddress source, String user, ConnectionGate.Slot slot) {
            this.source = source;
            this.user = user;
            this.slot = slot;
        }

        String user() {
            return user;
        }

        /** The password was said, and is what counts. */
        void forget() {
            slot.close();
        }

        /** It was a guess. */
        void count() {
            slot.close();
            guard.failed(source, user);
        }
    }
}
