package io.portolan.sftp.server.internal.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The requests whose work is not done, and which of them wait for which. A request is compared with those before it once, when it comes; from then on it only counts
 * how many it waits for. So what a client sends ahead costs each request one comparison with each of the others, whatever the workers do when.
 */
final class RequestOrder implements Iterable<Request> {

    private final Set<Request> unfinished = new LinkedHashSet<>();
    private final BiPredicate<Footprint, Footprint> blocks;

    RequestOrder() {
        this(Footprint::blocks);
    }

    /**
     * @param blocks whether a later request must wait until an earlier one is done, both not being in one queue
     */
    RequestOrder(BiPredicate<Footprint, Footprint> blocks) {
        this.blocks = blocks;
    }

    /**
     * Takes up a request behind all others.
     *
     * @return whether it may begin, which {@link #started} is told then
     */
    boolean add(Request request) {
        for (Request earlier : unfinished) {
            Footprint mine = request.footprint().after(earlier.footprint());
            request.footprint = mine;
            if (earlier.footprint().queue() == mine.queue()) {
                if (earlier.stage == Request.Stage.WAITING) {
                    earlier.behindStart = with(earlier.behindStart, request);
                    request.waitsFor++;
                }
            } else if (blocks.test(earlier.footprint(), mine)) {
                earlier.behindEnd = with(earlier.behindEnd, request);
                request.waitsFor++;
            }
        }
        unfinished.add(request);
        return request.waitsFor == 0;
    }

    /**
     * A request has been put into its queue.
     *
     * @return those behind it in that queue that may be put there now, in order
     */
    List<Request> started(Request request) {
        request.stage = Request.Stage.STARTED;
        List<Request> behind = request.behindStart;
        request.behindStart = List.of();
        return freed(behind);
    }

    /**
     * A request's work is done.
     *
     * @return those that may begin now, in order
     */
    List<Request> finished(Request request) {
        unfinished.remove(request);
        List<Request> behind = request.behindEnd;
        request.behindEnd = List.of();
        return freed(behind);
    }

    /** Most have nobody behind them, and need no list. */
    private static List<Request> with(List<Request> behind, Request request) {
        List<Request> more = behind.isEmpty() ? new ArrayList<>() : behind;
        more.add(request);
        return more;
    }

    private static List<Request> freed(List<Request> behind) {
        List<Request> freed = List.of();
        for (Request request : behind) {
            request.waitsFor--;
            if (request.waitsFor == 0) {
                freed = with(freed, request);
            }
        }
        return freed;
    }

    /** Those that may not begin, in order. */
    List<Request> waiting() {
        return unfinished.stream()
                .filter(request -> request.stage == Request.Stage.WAITING)
                .toList();
    }

    boolean isEmpty() {
        return unfinished.isEmpty();
    }

    int size() {
        return unfinished.size();
    }

    /** All, in order. */
    @Override
    public Iterator<Request> iterator() {
        return unfinished.iterator();
    }
}
