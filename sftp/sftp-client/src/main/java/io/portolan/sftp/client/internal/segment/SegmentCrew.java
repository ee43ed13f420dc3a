package io.portolan.sftp.client.internal.segment;

import io.portolan.core.internal.crew.Crew;
import io.portolan.core.internal.crew.CrewQueue;
import io.portolan.core.internal.crew.CrewWork;
import io.portolan.core.internal.segment.Segments;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.transfer.FileTransferException;
import io.portolan.transfer.RetryPolicy;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Moves the segments of a file over several connections: who is done with one takes the next, and what breaks goes on where it was, over another connection. Used once. */
final class SegmentCrew implements CrewWork<SegmentSession, Segment> {

    /** Moves one segment, and tells it how far it has come. */
    @FunctionalInterface
    interface Work {
        void move(Segment segment, SegmentSession session) throws IOException;
    }

    /** Attempts for each segment, each of which goes on where the last one ended. */
    static final int ATTEMPTS = 5;

    private final SegmentQueue queue;
    private final Work work;
    private final Set<SegmentSession> used = ConcurrentHashMap.newKeySet();

    SegmentCrew(SegmentQueue queue, Work work) {
        this.queue = queue;
        this.work = work;
    }

    /**
     * Moves all of them; blocks.
     *
     * @param first a session that is open and stays so
     * @param connector opens the others
     * @param most connections, the first among them
     * @return how many of them have moved something; at least 1
     */
    int run(ClientSession first, SegmentConnector connector, int most) throws IOException, InterruptedException {
        AtomicReference<@Nullable ClientSession> given = new AtomicReference<>(first);
        new Crew<SegmentSession, Segment>(
                        () -> {
                            ClientSession own = given.getAndSet(null);
                            return own == null
                                    ? new SegmentSession(connector.connect(), false)
                                    : new SegmentSession(own, true);
                        },
                        this,
                        most,
                        RetryPolicy.defaults(),
                        Segments.threads())
                .run();
        if (!queue.isDone()) {
            throw new IOException("not all segments were moved");
        }
        return Math.max(1, used.size());
    }

    @Override
    public CrewQueue<Segment> queue() {
        return queue;
    }

    @Override
    public void run(Segment segment, SegmentSession session) throws IOException {
        work.move(segment, session);
        used.add(session);
    }

    @Override
    public void failed(Segment segment, IOException cause, SegmentSession session) throws IOException {
        boolean mayPass = cause instanceof FileTransferException known && known.isRetryable();
        if (!mayPass || segment.attempted() >= ATTEMPTS) {
            throw cause;
        }
        queue.putBack(segment);
    }

    @Override
    public boolean isUsable(SegmentSession session) {
        return session.isUsable();
    }
}
