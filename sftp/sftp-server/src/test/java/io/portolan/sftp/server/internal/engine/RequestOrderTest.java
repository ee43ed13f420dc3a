package io.portolan.sftp.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.testing.Conversation;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which requests wait for which, and what it costs to know. */
class RequestOrderTest {

    private static final int MANY = SftpLimits.DEFAULT.outstandingRequests();

    private final AtomicInteger comparisons = new AtomicInteger();
    private final RequestOrder order = new RequestOrder((earlier, later) -> {
        comparisons.incrementAndGet();
        return earlier.blocks(later);
    });

    private final SftpEngine engine =
            Conversation.with(InMemoryFileSystem.create()).engine();

    private WorkQueue queue() {
        return new WorkQueue(engine, new WorkerLane(Runnable::run));
    }

    private static Request request(Footprint footprint) {
        Request request = new Request(0, 0, Unpooled.EMPTY_BUFFER, 0);
        request.footprint = footprint;
        return request;
    }

    private Request named(String path, boolean changes) {
        return request(new Footprint(queue(), List.of(VirtualPath.of(path)), changes));
    }

    @Test
    void theMostRequestsThatMayBeOutstandingAreComparedOnceWithEachOther() {
        String deep = "/d".repeat(VirtualPath.MAX_LENGTH / 2 - 1);
        Queue<Request> running = new ArrayDeque<>();
        for (int i = 0; i < MANY; i++) {
            // some on one path, the others above it, so that all wait in one long row
            Request request = named(i % 2 == 0 ? deep : deep.substring(0, deep.length() - 2 * i), true);
            if (order.add(request)) {
                order.started(request);
                running.add(request);
            }
        }
        int done = 0;
        while (!running.isEmpty()) {
            List<Request> freed = order.finished(running.remove());
            freed.forEach(order::started);
            running.addAll(freed);
            done++;
        }

        assertThat(done).isEqualTo(MANY);
        assertThat(order.isEmpty()).isTrue();
        assertThat(comparisons).hasValueLessThanOrEqualTo(MANY * (MANY - 1) / 2);
    }

    @Test
    void aRequestWaitsForEachThatIsBeforeIt() {
        Request first = named("/a", true);
        Request second = named("/b", true);
        Request both = request(new Footprint(queue(), List.of(VirtualPath.of("/a/x"), VirtualPath.of("/b/x")), false));
        assertThat(order.add(first)).isTrue();
        assertThat(order.add(second)).isTrue();
        assertThat(order.add(both)).isFalse();
        order.started(first);
        order.started(second);

        assertThat(order.finished(second)).isEmpty();
        assertThat(order.finished(first)).containsExactly(both);
    }

    @Test
    void requestsOfOneQueueFollowEachOtherIntoIt() {
        WorkQueue queue = queue();
        Request before = named("/a", true);
        Request first = request(new Footprint(queue, List.of(VirtualPath.of("/a")), true));
        Request second = request(new Footprint(queue, List.of(VirtualPath.of("/elsewhere")), true));
        order.add(before);
        order.started(before);

        assertThat(order.add(first)).isFalse();
        assertThat(order.add(second)).isFalse();
        assertThat(order.finished(before)).containsExactly(first);
        assertThat(order.started(first)).containsExactly(second);
    }

    @Test
    void thoseThatReadDoNotWaitForEachOther() {
        assertThat(order.add(named("/a", false))).isTrue();
        assertThat(order.add(named("/a", false))).isTrue();
        assertThat(order.add(named("/b", true))).isTrue();
        assertThat(order.add(named("/", true))).isFalse();
    }
}
