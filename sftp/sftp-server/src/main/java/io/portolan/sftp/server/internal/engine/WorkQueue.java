package io.portolan.sftp.server.internal.engine;

import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Requests that run one after another on a lane. While some are in work, those that come meanwhile gather, and go to the lane in one hop: the more there is to
 * do, the fewer hops it costs.
 */
public final class WorkQueue {

    /** How many requests take one hop. */
    private static final int MAX_BATCH = 32;

    /** How much content one hop moves, if it has more than one request: so much that the hop does not count, so little that encryption runs beside it. */
    private static final int BATCH_OCTETS = 512 * 1024;

    private final SftpEngine engine;
    private final WorkerLane lane;
    private final ArrayDeque<Request> queued = new ArrayDeque<>();
    private boolean running;

    WorkQueue(SftpEngine engine, WorkerLane lane) {
        this.engine = engine;
        this.lane = lane;
    }

    void add(Request request) {
        queued.add(request);
    }

    /** Whether there is something that could run, if only the channel took its reply. */
    boolean isWaiting() {
        return !running && !queued.isEmpty();
    }

    /** Sends the next requests to the lane, if none are there. */
    void run() {
        if (running || engine.isPaused()) {
            return;
        }
        List<Request> batch = takeBatch();
        if (batch.isEmpty()) {
            return;
        }
        running = true;
        @Nullable Throwable[] failures = new Throwable[batch.size()];
        lane.<Worked>call(
                () -> {
                    work(batch, failures);
                    return new Worked(batch);
                },
                engine.loop(),
                (worked, failure) -> done(batch, failures, failure));
    }

    /** A batch whose work is done. Closed if the event loop that should make the replies has ended meanwhile: what was made ready for them would stay for ever. */
    private record Worked(List<Request> batch) implements AutoCloseable {
        @Override
        public void close() {
            batch.forEach(request -> request.operation().abandon());
        }
    }

    private List<Request> takeBatch() {
        List<Request> batch = new ArrayList<>();
        long octets = 0;
        Request next = queued.peek();
        while (next != null && batch.size() < MAX_BATCH && octets < BATCH_OCTETS) {
            Operation operation = next.operation();
            int content = operation.contentOctets();
            if (content > 0 && !engine.mayRead(next, content)) {
                break;
            }
            try {
                operation.prepare(engine.allocator());
            } catch (RuntimeException | Error e) {
                // no memory, say: told as the request's failure, in its turn
                next.unprepared = e;
            }
            octets += content + next.octets();
            batch.add(queued.remove());
            next = queued.peek();
        }
        return batch;
    }

    private static void work(List<Request> batch, @Nullable Throwable[] failures) {
        for (int i = 0; i < failures.length; i++) {
            Request request = batch.get(i);
            failures[i] = request.unprepared;
            if (failures[i] != null) {
                continue;
            }
            try {
                request.operation().work();
            } catch (Throwable e) {
                failures[i] = e;
            }
            // one that came too late for its request must not hit the next
            Thread.interrupted();
        }
    }

    private void done(List<Request> batch, @Nullable Throwable[] failures, @Nullable Throwable refused) {
        running = false;
        engine.done(batch, failures, refused);
    }

    /** Takes out what has not been sent to the lane. */
    List<Request> drop() {
        List<Request> dropped = new ArrayList<>(queued);
        queued.clear();
        return dropped;
    }

    /** Does something on the lane that nobody waits for. */
    void workAhead(Runnable work) {
        try {
            lane.execute(work);
        } catch (RejectedExecutionException e) {
            SftpEngine.LOGGER.debug("Nothing is read ahead", e);
        }
    }

    /** Gives something back on the lane, behind all that runs there. */
    void giveBack(Callable<?> release, Runnable afterwards) {
        lane.<Object>callAlways(release, engine.loop(), (nothing, failure) -> {
            if (failure != null) {
                SftpEngine.LOGGER.debug("Could not close what the channel had open", failure);
            }
            afterwards.run();
        });
    }
}
