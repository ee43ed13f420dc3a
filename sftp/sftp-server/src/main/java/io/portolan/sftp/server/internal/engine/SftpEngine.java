package io.portolan.sftp.server.internal.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.sftp.internal.SftpFramer;
import io.portolan.sftp.internal.SftpFramingException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SFTP server in a channel. Packets become requests as long as {@link SftpLimits} and the channel's window allow; each request runs when nothing before it must
 * come first ({@link Footprint}); replies leave in the order of the requests.
 *
 * <p>What the peer sends is memory until it has been dealt with: {@link SshChannel#consumed} is called for each request when its work is done, and packets that
 * may not be looked at yet stay as they came, without credit.
 */
public final class SftpEngine implements ServedProgram {

    static final Logger LOGGER = LoggerFactory.getLogger(SftpEngine.class);

    /** Replies that leave together share a buffer up to this size: each write becomes a packet of its own, with a MAC and padding. */
    private static final int GATHERED = 16 * 1024;

    private final SshChannel channel;
    private final ByteBufAllocator allocator;
    private final SftpServices services;
    private final Greeting greeting;
    private final SftpFramer framer;

    /** Requests that are not answered yet, in their order. */
    private final ArrayDeque<Request> unanswered = new ArrayDeque<>();

    /** Requests whose work is not done yet. */
    private final RequestOrder unfinished = new RequestOrder();

    /** Queues that may have something to run. */
    private final Set<WorkQueue> ready = new LinkedHashSet<>();

    private final List<Runnable> whenReleased = new ArrayList<>();
    private @Nullable SftpChannel agreed;
    private long outstandingOctets;
    private long contentInFlight;
    private int releasing;
    private boolean busy;
    private boolean again;
    /** Until when a bandwidth limit lets nothing be done, in the terms of {@link System#nanoTime()}. */
    private long pausedUntil;

    private boolean paused;
    private boolean inputEnded;

    /** Whether no whole packet is left. */
    private boolean allTaken;

    private boolean ended;
    private boolean gone;
    private boolean takesNoMore;
    private boolean released;

    /**
     * @param channel where packets come from and go to
     * @param allocator for replies
     * @param services what the session lends
     * @param greeting which versions there are
     */
    public SftpEngine(SshChannel channel, ByteBufAllocator allocator, SftpServices services, Greeting greeting) {
        this.channel = channel;
        this.allocator = allocator;
        this.services = services;
        this.greeting = greeting;
        this.framer = new SftpFramer(allocator);
    }

    @Override
    public void whenReleased(Runnable told) {
        whenReleased.add(told);
        tellReleased();
    }

    @Override
    public boolean isWorking() {
        return !unfinished.isEmpty();
    }

    @Override
    public boolean isTransferring() {
        SftpChannel present = agreed;
        return !gone
                && (!unanswered.isEmpty()
                        || present != null && present.handles().isAnyOpen());
    }

    @Override
    public void takeNoMore() {
        takesNoMore = true;
    }

    EventExecutor loop() {
        return channel.eventLoop();
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    WorkQueue newQueue() {
        return new WorkQueue(this, new WorkerLane(services.workers()));
    }

    @Override
    public void received(ByteBuf data) {
        if (ended) {
            channel.consumed(data.readableBytes());
            data.release();
            return;
        }
        framer.add(data);
        proceed();
    }

    @Override
    public void eof() {
        inputEnded = true;
        proceed();
    }

    @Override
    public void writable() {
        proceed();
    }

    /** Does all that can be done now. What it calls may call it again: then it goes round once more. */
    private void proceed() {
        if (busy) {
            again = true;
            return;
        }
        busy = true;
        try {
            do {
                again = false;
                takeRequests();
                runQueues();
                sendReplies();
            } while (again);
        } finally {
            busy = false;
        }
        if (inputEnded && allTaken && !ended && unanswered.isEmpty() && unfinished.isEmpty()) {
            end(0);
        }
    }

    private void takeRequests() {
        allTaken = false;
        try {
            while (!ended && mayTake()) {
                ByteBuf packet = framer.next();
                if (packet == null) {
                    allTaken = true;
                    return;
                }
                accept(packet);
            }
        } catch (SftpFramingException e) {
            LOGGER.debug("The SFTP channel ends: {}", e.getMessage());
            end(1);
        }
    }

    private boolean mayTake() {
        return unanswered.size() < services.limits().outstandingRequests()
                && unfinished.size() < services.limits().outstandingRequests()
                && outstandingOctets < services.limits().outstandingOctets()
                && !paused
                && channel.isWritable();
    }

    boolean isPaused() {
        return paused;
    }

    /** Takes no requests and does no work for a while: all of the channel, as a limit by file would not be one for many small files. */
    void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        if (!paused) {
            paused = true;
            pausedUntil = until;
            loop().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
        } else if (until - pausedUntil > 0) {
            pausedUntil = until;
        }
    }

    private void resume() {
        long left = pausedUntil - System.nanoTime();
        if (left > 0) {
            loop().schedule(this::resume, left, TimeUnit.NANOSECONDS);
            return;
        }
        paused = false;
        if (!gone) {
            proceed();
        }
    }

    private void accept(ByteBuf packet) throws SftpFramingException {
        int octets = Integer.BYTES + packet.readableBytes();
        boolean kept = false;
        try {
            int number = packet.readUnsignedByte();
            SftpChannel present = agreed;
            if (present == null) {
                greet(number, packet);
                channel.consumed(octets);
                return;
            }
            if (number == SftpMessageNumber.INIT.number()) {
                throw new SftpFramingException("INIT has come twice");
            }
            if (packet.readableBytes() < Integer.BYTES) {
                throw new SftpFramingException("a request without an id");
            }
            Request request = new Request(number, packet.readInt(), packet, octets);
            kept = true;
            plan(request, present);
        } finally {
            if (!kept) {
                packet.release();
            }
        }
    }

    private void greet(int number, ByteBuf packet) throws SftpFramingException {
        if (number != SftpMessageNumber.INIT.number() || packet.readableBytes() < Integer.BYTES) {
            throw new SftpFramingException("message " + number + " where INIT is expected");
        }
        Greeting.Welcome welcome = greeting.answer(packet.readUnsignedInt(), services);
        agreed = new SftpChannel(this, services, welcome.version());
        write(framed(welcome.packet()));
    }

    private void plan(Request request, SftpChannel present) {
        outstandingOctets += request.octets();
        unanswered.add(request);
        Plan plan = look(request, present);
        request.planned();
        present.asked();
        if (plan instanceof Plan.Answer answer) {
            request.reply = answer.reply();
            finished(request);
        } else if (plan instanceof Plan.Work work) {
            if (work.footprint().changes()) {
                present.changing();
            }
            begin(request, work.operation(), work.footprint());
        } else if (plan instanceof Plan.AnswerThenWork first) {
            request.reply = first.reply();
            request.answeredFirst = true;
            begin(request, first.operation(), first.footprint());
        }
    }

    private Plan look(Request request, SftpChannel present) {
        SftpMessageNumber message = SftpMessageNumber.of(request.number());
        RequestHandler handler = message == null ? null : present.version().handler(message);
        if (handler == null) {
            return new Plan.Answer(
                    present.status(request, SftpStatus.OP_UNSUPPORTED, "There is no such request in this version"));
        }
        if (takesNoMore && (message == SftpMessageNumber.OPEN || message == SftpMessageNumber.OPENDIR)) {
            return new Plan.Answer(present.status(request, SftpStatus.FAILURE, "The server is stopping"));
        }
        try {
            return handler.plan(request, present);
        } catch (SshProtocolException | RequestFailure | InvalidPathException e) {
            return new Plan.Answer(present.failure(request, e));
        }
    }

    private void begin(Request request, Operation operation, Footprint footprint) {
        request.operation = operation;
        request.footprint = footprint;
        if (unfinished.add(request)) {
            start(List.of(request));
        }
    }

    private void start(List<Request> requests) {
        ArrayDeque<Request> next = new ArrayDeque<>(requests);
        while (!next.isEmpty()) {
            Request request = next.remove();
            WorkQueue queue = request.footprint().queue();
            queue.add(request);
            ready.add(queue);
            next.addAll(unfinished.started(request));
        }
    }

    private void runQueues() {
        ready.removeIf(queue -> {
            queue.run();
            return !queue.isWaiting();
        });
    }

    /** Whether a request may fill a buffer with content now. The one whose reply is the next always may, lest it wait for those behind it. */
    boolean mayRead(Request request, int octets) {
        if (!channel.isWritable()) {
            return false;
        }
        if (contentInFlight + octets > SftpLimits.CONTENT_IN_FLIGHT && unanswered.peek() != request) {
            return false;
        }
        contentInFlight += octets;
        return true;
    }

    void done(List<Request> batch, @Nullable Throwable[] failures, @Nullable Throwable refused) {
        SftpChannel present = agreed;
        if (present == null) {
            throw new IllegalStateException("work before INIT");
        }
        for (int i = 0; i < failures.length; i++) {
            Request request = batch.get(i);
            Throwable failure = refused == null ? failures[i] : refused;
            conclude(request, present, failure);
        }
        // the files' next work runs beside the encryption of these replies
        ready.add(batch.get(0).footprint().queue());
        if (gone) {
            releaseHandles();
            tellReleased();
            return;
        }
        runQueues();
        proceed();
    }

    private void conclude(Request request, SftpChannel present, @Nullable Throwable failure) {
        Operation operation = request.operation();
        if (gone) {
            operation.abandon();
        } else if (failure != null) {
            operation.abandon();
            if (request.answeredFirst) {
                LOGGER.debug("What was answered already has failed", failure);
            } else {
                request.reply = present.failure(request, failure);
            }
        } else {
            Reply reply = operation.reply();
            if (request.answeredFirst) {
                drop(reply);
            } else {
                request.reply = reply;
            }
        }
        List<Request> freed = unfinished.finished(request);
        finished(request);
        if (!gone) {
            // otherwise they have been abandoned
            start(freed);
        }
    }

    /** Its work is done: the peer gets its octets back. */
    private void finished(Request request) {
        request.stage = Request.Stage.FINISHED;
        request.finished();
        outstandingOctets -= request.octets();
        if (!gone) {
            channel.consumed(request.octets());
        }
    }

    private void sendReplies() {
        ByteBuf gathered = null;
        Request next = unanswered.peek();
        while (next != null && next.reply != null) {
            unanswered.remove();
            if (next.reply instanceof Reply.Framed framed) {
                if (gathered != null) {
                    write(gathered);
                    gathered = null;
                }
                write(framed.octets());
            } else if (next.reply instanceof Reply.Packet packet) {
                gathered = gather(gathered, packet.packet());
            }
            contentInFlight -= reserved(next);
            again = true;
            next = unanswered.peek();
        }
        if (gathered != null) {
            write(gathered);
        }
    }

    private static int reserved(Request request) {
        Operation operation = request.operation;
        return operation == null ? 0 : operation.contentOctets();
    }

    private ByteBuf gather(@Nullable ByteBuf before, SshWriter packet) {
        int octets = Integer.BYTES + packet.size();
        if (before != null && before.readableBytes() + octets <= GATHERED) {
            before.writeInt(packet.size());
            packet.writeTo(before);
            return before;
        }
        if (before != null) {
            write(before);
        }
        return framed(packet);
    }

    private ByteBuf framed(SshWriter packet) {
        ByteBuf octets = allocator.heapBuffer(Integer.BYTES + packet.size());
        octets.writeInt(packet.size());
        packet.writeTo(octets);
        return octets;
    }

    private void write(ByteBuf octets) {
        if (ended) {
            octets.release();
        } else {
            channel.write(octets);
        }
    }

    private static void drop(@Nullable Reply reply) {
        if (reply instanceof Reply.Framed framed) {
            framed.octets().release();
        }
    }

    /** Nothing more is taken or sent; the channel will tell when it is gone. */
    private void end(int exitStatus) {
        ended = true;
        channel.consumed((int) framer.buffered());
        framer.close();
        channel.finish(exitStatus);
    }

    @Override
    public void closed() {
        if (gone) {
            return;
        }
        gone = true;
        ended = true;
        framer.close();
        unanswered.forEach(request -> drop(request.reply));
        unanswered.clear();
        abandonAll(unfinished.waiting());
        for (WorkQueue queue : queues()) {
            abandonAll(queue.drop());
        }
        if (agreed != null) {
            agreed.gone();
        }
        releaseHandles();
        tellReleased();
    }

    /** Closes what the channel had open, once nothing works with it any more: a file is used by one thread at a time. */
    private void releaseHandles() {
        SftpChannel present = agreed;
        if (released || !unfinished.isEmpty()) {
            return;
        }
        released = true;
        if (present != null) {
            for (OpenHandle handle : present.handles().all()) {
                giveBack(
                        handle.queue(),
                        () -> {
                            handle.abort();
                            return null;
                        },
                        handle::aborted);
            }
        }
    }

    private Set<WorkQueue> queues() {
        Set<WorkQueue> queues = new LinkedHashSet<>();
        unfinished.forEach(request -> queues.add(request.footprint().queue()));
        return queues;
    }

    private void abandonAll(List<Request> requests) {
        for (Request request : requests) {
            request.operation().abandon();
            // those behind it are abandoned as well
            unfinished.finished(request);
            finished(request);
        }
    }

    void giveBack(WorkQueue queue, Callable<?> release, Runnable afterwards) {
        releasing++;
        queue.giveBack(release, () -> {
            releasing--;
            afterwards.run();
            tellReleased();
        });
    }

    private void tellReleased() {
        if (gone && released && releasing == 0 && unfinished.isEmpty()) {
            List<Runnable> told = List.copyOf(whenReleased);
            whenReleased.clear();
            told.forEach(Runnable::run);
        }
    }
}
