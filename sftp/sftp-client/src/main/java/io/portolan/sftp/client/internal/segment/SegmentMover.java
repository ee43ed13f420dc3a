package io.portolan.sftp.client.internal.segment;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.segment.Segments;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.session.OpenFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Moves the segments of a file over several connections, each in blocks, several of which are under way at a time; which way they move is a subclass's. */
abstract class SegmentMover {

    /** Octets of a block: a few messages, so that many of them share what a block costs. */
    static final int BLOCK = 1 << 20;

    /** Blocks under way on a connection. Over 100 ms that is 80 MB/s on each, and with 16 connections 128 MiB of memory at the most. */
    static final int AHEAD = 8;

    final String asked;
    final FileChannel file;
    private final SegmentConnector connector;
    private final int connections;

    /**
     * A transfer.
     *
     * @param asked the path on the server, as it was asked for
     * @param file the one here
     * @param connections the most
     */
    SegmentMover(SegmentConnector connector, String asked, FileChannel file, int connections) {
        this.connector = connector;
        this.asked = asked;
        this.file = file;
        this.connections = connections;
    }

    private record Flight(ByteBuffer block, long position, CompletableFuture<?> answer) {}

    /** Moves one segment, and tells it how far it has come. */
    abstract void move(Segment segment, SegmentSession session) throws IOException;

    /** Has a block moved. The buffer holds a whole block from its position to its limit, or has room for it. */
    abstract CompletableFuture<?> send(OpenFile file, long position, ByteBuffer block) throws IOException;

    /** A block has been answered. */
    abstract void arrived(long position, ByteBuffer block) throws IOException;

    final SegmentSession connect() throws IOException {
        return new SegmentSession(connector.connect(), false);
    }

    /** The same, or another if it has broken. */
    final SegmentSession again(SegmentSession session) throws IOException {
        return session.isUsable() ? session : connect();
    }

    /**
     * Moves all of them; blocks.
     *
     * @param first stays open if it does not break
     * @return how many connections there were
     */
    final int moveAll(long size, SegmentSession first) throws IOException, InterruptedException {
        SegmentQueue queue = new SegmentQueue(size, connections, Segments.SMALLEST);
        return new SegmentCrew(queue, this::move).run(first.session(), connector, connections);
    }

    final void moveBlocks(Segment segment, SegmentSession session, OpenFile file) throws IOException {
        Deque<Flight> flights = new ArrayDeque<>();
        Deque<ByteBuffer> free = new ArrayDeque<>();
        long next = segment.position();
        while (segment.position() < segment.end()) {
            while (flights.size() < AHEAD && next < segment.end()) {
                int octets = (int) Math.min(BLOCK, segment.end() - next);
                ByteBuffer block = free.isEmpty() ? ByteBuffer.allocate(BLOCK) : free.pop();
                throttle(session.session(), octets);
                flights.add(
                        new Flight(block, next, send(file, next, block.clear().limit(octets))));
                next += octets;
            }
            Flight first = flights.remove();
            int octets = (int) Math.min(BLOCK, segment.end() - first.position);
            CompletableFuture<?> answer = first.answer;
            var ignored = Delivery.await(answer, () -> answer.cancel(false));
            arrived(first.position, first.block);
            segment.moved(octets);
            free.push(first.block);
        }
    }

    private static void throttle(ClientSession session, int octets) throws InterruptedIOException {
        RateLimit limit = session.transfers().rateLimit();
        if (limit.isUnlimited()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(limit.reserve(octets, System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
