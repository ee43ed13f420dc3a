package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** A peer that sends as much as it may, a path with a delay and a rate, and a worker with a rate, in time that is only counted. */
final class SimulatedPath {

    private static final int STEPS_IN_ROUND_TRIP = 20;
    private static final double MICROS_IN_SECOND = 1e6;

    private final LocalWindow window;
    private final long step;
    private final long halfRoundTrip;
    private final double sentInStep;
    private final double workedInStep;
    private final Deque<long[]> data = new ArrayDeque<>();
    private final Deque<long[]> credits = new ArrayDeque<>();

    private long now;
    private long peersCredit;
    private double maySend;
    private double mayWork;
    private long consumed;

    SimulatedPath(LocalWindow window, long roundTripMicros, long pathRate, long workerRate) {
        this(window, roundTripMicros, pathRate, workerRate, 0);
    }

    /** Goes on with a window that was used by another path, whose credit is all with the peer. */
    SimulatedPath(LocalWindow window, long roundTripMicros, long pathRate, long workerRate, long start) {
        this.window = window;
        this.step = Math.max(1, roundTripMicros / STEPS_IN_ROUND_TRIP);
        this.halfRoundTrip = roundTripMicros / 2;
        this.sentInStep = pathRate / MICROS_IN_SECOND * step;
        this.workedInStep = workerRate / MICROS_IN_SECOND * step;
        this.now = start;
        this.peersCredit = window.credit();
        window.roundTrip(TimeUnit.MICROSECONDS.toNanos(roundTripMicros));
    }

    long consumed() {
        return consumed;
    }

    void run(long micros) throws SshProtocolException {
        for (long end = now + micros; now < end; now += step) {
            peerSends();
            weReceive();
            workerConsumes();
            long adjustment = window.adjustment(TimeUnit.MICROSECONDS.toNanos(now));
            if (adjustment > 0) {
                credits.add(new long[] {now + halfRoundTrip, adjustment});
            }
        }
    }

    private void peerSends() {
        while (!credits.isEmpty() && credits.element()[0] <= now) {
            peersCredit += credits.remove()[1];
        }
        maySend = Math.min(maySend + sentInStep, sentInStep + 1);
        long sent = Math.min((long) maySend, peersCredit);
        if (sent > 0) {
            maySend -= sent;
            peersCredit -= sent;
            data.add(new long[] {now + halfRoundTrip, sent});
        }
    }

    private void weReceive() throws SshProtocolException {
        while (!data.isEmpty() && data.element()[0] <= now) {
            window.received((int) data.remove()[1]);
        }
    }

    private void workerConsumes() {
        mayWork = Math.min(mayWork + workedInStep, workedInStep + 1);
        long worked = Math.min((long) mayWork, window.held());
        mayWork -= worked;
        window.consumed((int) worked);
        consumed += worked;
    }
}
