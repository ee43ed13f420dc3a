package io.portolan.ftp.server.internal.port;

import io.portolan.ftp.server.PassivePorts;
import java.util.random.RandomGenerator;

/**
 * Which port a client gets.
 *
 * <p>Whoever can guess the next port can try to connect before the client does (RFC 2577 section 8). The check of
 * the peer's address keeps out all but those behind the same address, and against these a port must be hard to guess. Opening and closing a
 * listener for each small file costs about as much as the rest of its data connection, so listeners stay open for a while; but open ports can
 * be found by scanning, so preferring them must not make the choice small. Hence: until {@link PassivePorts#idleListeners()} listeners are open, a port
 * is drawn from the whole range, open or not; from then on it is drawn from those that are open, all with the same chance. The choice is never smaller
 * than that number or the range. As each listener is retired after {@link PortPool#MAX_AGE_NANOS}, however busy, what a scan finds is soon stale.
 */
final class PortChoice {

    static final int NONE = -1;

    /** Any port that the system gives. */
    static final int EPHEMERAL = 0;

    /** Misses are rare unless most ports are busy for this client; then another way is taken. */
    private static final int DRAWS = 16;

    private final PassivePorts config;
    private final PortTable ports;
    private final RandomGenerator random;

    PortChoice(PassivePorts config, PortTable ports, RandomGenerator random) {
        this.config = config;
        this.ports = ports;
        this.random = random;
    }

    /** A port for a client: an open one, one to be opened, {@link #EPHEMERAL}, or {@link #NONE}. */
    int choose(PortClient client, long now) {
        int enough = Math.min(config.idleListeners(), config.size());
        if (enough > 0 && ports.open() >= enough) {
            for (int i = 0; i < DRAWS; i++) {
                int port = ports.open(random.nextInt(ports.open())).port();
                if (ports.isFree(port, client) && !client.isQuarantined(port, now)) {
                    return port;
                }
            }
        }
        if (config.isAny()) {
            return EPHEMERAL;
        }
        if (client.leased() + ports.taken() + ports.inTransit() >= config.size()) {
            return NONE;
        }
        // A client that asks for ports and leaves them would otherwise have us search the whole range each time.
        boolean anyWillDo = client.leased() + client.quarantined() >= config.size() - ports.taken();
        for (int i = 0; i < DRAWS; i++) {
            int port = config.first() + random.nextInt(config.size());
            if (ports.isFree(port, client) && (anyWillDo || !client.isQuarantined(port, now))) {
                return port;
            }
        }
        return search(client, now);
    }

    /** Looks at every port, from a random one on; one in quarantine is better than none. */
    private int search(PortClient client, long now) {
        int offset = random.nextInt(config.size());
        int secondBest = NONE;
        for (int i = 0; i < config.size(); i++) {
            int port = config.first() + (offset + i) % config.size();
            if (!ports.isFree(port, client)) {
                continue;
            }
            if (!client.isQuarantined(port, now)) {
                return port;
            }
            secondBest = port;
        }
        return secondBest;
    }
}
