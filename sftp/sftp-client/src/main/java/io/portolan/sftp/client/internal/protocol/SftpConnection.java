package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.internal.SftpFramer;
import io.portolan.sftp.internal.SftpFramingException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.connection.SshChannelListener;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of SFTP in a channel: requests go out as they are made, each reply goes to its request by its id, in whatever order they come. What a server says that answers nothing ends the session, as do
 * packets that are longer than any may be: nothing behind them could be relied on.
 *
 * <p>All that a server sends was asked for, and is held by whoever has asked, within limits of its own. So its octets are credit again as soon as they have come: were they held back, replies in another
 * order than that of the requests could use up the window while the one that is waited for finds no room in it.
 *
 * <p>On the event loop only.
 */
public final class SftpConnection implements SshChannelListener {

    /** Requests that the server has and has not answered: what our servers and OpenSSH's take without a thought; 16 MiB in the smallest chunks are half of it. */
    static final int MAX_OUTSTANDING = 1024;

    /** Requests that wait to be sent: each costs some hundred octets, and more would only say that nobody waits for any of them. */
    static final int MAX_WAITING = 16 * 1024;

    private static final Set<SftpMessageNumber> REPLIES = EnumSet.of(
            SftpMessageNumber.STATUS,
            SftpMessageNumber.HANDLE,
            SftpMessageNumber.DATA,
            SftpMessageNumber.NAME,
            SftpMessageNumber.ATTRS,
            SftpMessageNumber.EXTENDED_REPLY);

    /** In how many steps the longest silence is found out: it ends a session at most so much of it too late. */
    private static final int LOOKS = 4;

    /** How many times the longest silence one request may take while others are answered. */
    private static final int MOST_SILENCES = 10;

    private final SshChannel channel;
    private final ByteBufAllocator allocator;
    private final ProtocolSettings settings;
    private final Set<LinkQuirk> quirks;
    private final SftpFramer framer;
    private final CompletableFuture<ServerFacts> ready = new CompletableFuture<>();
    private final CompletableFuture<SftpException> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final IntObjectMap<SftpRequest> outstanding = new IntObjectHashMap<>();
    private final ArrayDeque<Runnable> afterAnswers = new ArrayDeque<>();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    /** Null until the server has told its version. */
    private @Nullable ServerFacts facts;

    private boolean started;
    private int lastId;
    private long heardAt;
    private @Nullable ScheduledFuture<?> watch;
    private int longOutstanding;
    private @Nullable Integer exitStatus;
    private boolean inside;

    private record Waiting(int id, SftpRequest request, ByteBuf packet) {}

    /**
     * Makes what runs in a channel.
     *
     * @param channel where octets come from and go to
     * @param allocator for requests
     * @param settings what is offered
     * @param server what the server calls itself
     */
    public SftpConnection(SshChannel channel, ByteBufAllocator allocator, ProtocolSettings settings, String server) {
        this.channel = channel;
        this.allocator = allocator;
        this.settings = settings;
        this.quirks = LinkQuirk.of(server);
        this.framer = new SftpFramer(allocator);
    }

    /** Says INIT (draft-ietf-secsh-filexfer-13 section 4.1), as soon as the server has said that there is SFTP in the channel. */
    public void start() {
        if (started || ended.isDone()) {
            return;
        }
        started = true;
        heardAt = System.nanoTime();
        write(new SshWriter().writeByte(SftpMessageNumber.INIT.number()).writeUint32(settings.version()));
        watch();
    }

    /** Completes when requests can be made; fails with the session's end. */
    public CompletableFuture<ServerFacts> ready() {
        return ready;
    }

    /** Completes with why, when nothing can be asked any more. */
    public CompletableFuture<SftpException> ended() {
        return ended;
    }

    /** Completes when the channel is no more, at either end: the server has room for another one. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** The channel's. */
    public EventExecutor eventLoop() {
        return channel.eventLoop();
    }

    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** What the server does otherwise than most. */
    boolean has(LinkQuirk quirk) {
        return quirks.contains(quirk);
    }

    /**
     * What the server has told.
     *
     * @throws IllegalStateException before it has
     */
    public ServerFacts facts() {
        ServerFacts told = facts;
        if (told == null) {
            throw new IllegalStateException("the server has not told its version yet");
        }
        return told;
    }

    /**
     * Runs something once, when requests have been answered.
     */
    public void whenAnswered(Runnable step) {
        afterAnswers.add(step);
    }

    /** Completes when what is under way now has been answered; never if the session ends before. */
    public CompletableFuture<Void> answered() {
        Set<Integer> before = new HashSet<>(outstanding.keySet());
        waiting.forEach(one -> before.add(one.id()));
        CompletableFuture<Void> result = new CompletableFuture<>();
        lookFor(before, result);
        return result;
    }

    private void lookFor(Set<Integer> before, CompletableFuture<Void> result) {
        before.removeIf(
                id -> !outstanding.containsKey((int) id) && waiting.stream().noneMatch(one -> one.id() == id));
        if (before.isEmpty()) {
            result.complete(null);
        } else {
            whenAnswered(() -> lookFor(before, result));
        }
    }

    /** How many requests have no reply yet. */
    public int outstanding() {
        return outstanding.size() + waiting.size();
    }

    // --- requests

    /** An id that no request has that could still be answered. */
    int newId() {
        do {
            lastId++;
        } while (outstanding.containsKey(lastId));
        return lastId;
    }

    /** Sends a request. Takes over the packet, which has its length before it. */
    void send(int id, SftpRequest request, ByteBuf packet) {
        SftpException over = ended.getNow(null);
        if (over != null) {
            packet.release();
            request.failed(over);
            return;
        }
        if (outstanding.size() < MAX_OUTSTANDING && waiting.isEmpty()) {
            sendNow(id, request, packet);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(new Waiting(id, request, packet));
        } else {
            packet.release();
            request.failed(new SftpException(
                    "more than " + MAX_WAITING + " requests wait for others to be answered", null, true));
        }
    }

    private void sendNow(int id, SftpRequest request, ByteBuf packet) {
        long now = System.nanoTime();
        if (outstanding.isEmpty()) {
            // silence counts from the first question
            heardAt = now;
        }
        request.sent(now);
        outstanding.put(id, request);
        if (request.isLong()) {
            longOutstanding++;
        }
        watch();
        channel.write(packet);
    }

    /** A packet with its length before it. */
    ByteBuf framed(SshWriter packet) {
        ByteBuf octets = allocator.heapBuffer(Integer.BYTES + packet.size());
        octets.writeInt(packet.size());
        packet.writeTo(octets);
        return octets;
    }

    private void write(SshWriter packet) {
        channel.write(framed(packet));
    }

    private void sendWaiting() {
        while (!waiting.isEmpty() && outstanding.size() < MAX_OUTSTANDING && !ended.isDone()) {
            Waiting next = waiting.remove();
            sendNow(next.id(), next.request(), next.packet());
        }
    }

    // --- replies

    @Override
    public void received(ByteBuf data) {
        int octets = data.readableBytes();
        if (ended.isDone()) {
            data.release();
            channel.consumed(octets);
            return;
        }
        heardAt = System.nanoTime();
        framer.add(data);
        inside = true;
        try {
            ByteBuf packet = framer.next();
            while (packet != null) {
                accept(packet);
                packet = ended.isDone() ? null : framer.next();
            }
        } catch (SftpFramingException | SshProtocolException e) {
            end(new SftpProtocolException("the server does not keep to SFTP: " + e.getMessage(), e));
        } finally {
            inside = false;
            if (ended.isDone()) {
                framer.close();
            }
        }
        channel.consumed(octets);
        sendWaiting();
        for (int steps = afterAnswers.size(); steps > 0; steps--) {
            afterAnswers.remove().run();
        }
    }

    private void accept(ByteBuf packet) throws SshProtocolException {
        try {
            SftpMessageNumber message = SftpMessageNumber.of(packet.readUnsignedByte());
            if (facts == null) {
                version(message, packet);
                return;
            }
            if (message == null || !REPLIES.contains(message)) {
                throw SshProtocolException.malformed(message + " where a reply is expected");
            }
            if (packet.readableBytes() < Integer.BYTES) {
                throw SshProtocolException.malformed(message + " without an id");
            }
            int id = packet.readInt();
            SftpRequest request = outstanding.remove(id);
            if (request == null) {
                throw SshProtocolException.malformed(message + " answers no request");
            }
            if (request.isLong()) {
                longOutstanding--;
            }
            boolean told = false;
            try {
                request.replied(message, packet);
                told = true;
            } finally {
                if (!told) {
                    // it still has to hear of its end, which comes next
                    outstanding.put(id, request);
                    if (request.isLong()) {
                        longOutstanding++;
                    }
                }
            }
        } finally {
            packet.release();
        }
    }

    private void version(@Nullable SftpMessageNumber message, ByteBuf packet) throws SshProtocolException {
        if (message != SftpMessageNumber.VERSION || !started) {
            throw SshProtocolException.malformed(message + " where VERSION is expected");
        }
        SshReader in = SshReader.of(packet);
        long version = in.readUint32();
        if (version < ProtocolSettings.OLDEST || version > settings.version()) {
            throw SshProtocolException.malformed(
                    "version " + version + " where 3 to " + settings.version() + " were offered");
        }
        ServerFacts told = ServerFacts.read((int) version, in);
        facts = told;
        if (!told.has("limits@openssh.com")) {
            ready.complete(told);
            return;
        }
        new SftpRequests(this).limits().whenComplete((limits, failure) -> {
            // a server that names it and does not have it has the usual limits
            ServerFacts all = failure == null ? told.withLimits(limits) : told;
            facts = all;
            if (!ended.isDone()) {
                ready.complete(all);
            }
        });
    }

    // --- the end

    @Override
    public void eof() {
        end(new SftpConnectionException("the server has ended SFTP" + why(), null));
    }

    @Override
    public void exited(int status) {
        exitStatus = status;
    }

    private String why() {
        return exitStatus == null ? "" : ", with status " + exitStatus;
    }

    @Override
    public void writable() {
        // What waits to be sent is bounded by whoever has it sent, so nothing was held back.
    }

    @Override
    public void closed() {
        gone.complete(null);
        SftpConnectionException cause = new SftpConnectionException("the connection has ended" + why(), null);
        try {
            // what is below may know more, and says so with the same event
            eventLoop().execute(() -> end(cause));
        } catch (RejectedExecutionException e) {
            end(cause);
        }
    }

    /** Ends the channel in order; what has no reply fails. */
    public void close() {
        end(new SftpConnectionException("the session was closed", null));
    }

    /** Ends all: only the first reason counts. */
    public void end(SftpException cause) {
        if (!ended.complete(cause)) {
            return;
        }
        ScheduledFuture<?> timer = watch;
        if (timer != null) {
            timer.cancel(false);
        }
        if (!inside) {
            framer.close();
        }
        channel.finish(0);
        List<SftpRequest> lost = new ArrayList<>(outstanding.values());
        outstanding.clear();
        longOutstanding = 0;
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            next.packet().release();
            lost.add(next.request());
        }
        lost.forEach(request -> request.failed(cause));
        ready.completeExceptionally(cause);
    }

    // --- time

    private void watch() {
        if (watch == null) {
            long step = Math.max(settings.reply().toNanos() / LOOKS, 1);
            watch = channel.eventLoop().schedule(this::look, step, TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        watch = null;
        if (ended.isDone() || facts != null && outstanding.isEmpty()) {
            return;
        }
        long now = System.nanoTime();
        long patience = settings.reply().toNanos() * (longOutstanding > 0 ? SftpRequest.LONG : 1);
        if (now - heardAt >= patience) {
            end(new SftpTimeoutException(
                    "the server has said nothing for " + TimeUnit.NANOSECONDS.toMillis(now - heardAt) + " ms, and owes "
                            + outstanding.size() + " answers",
                    null));
            return;
        }
        long each = settings.reply().toNanos() * MOST_SILENCES;
        for (SftpRequest request : outstanding.values()) {
            if (!request.isLong() && now - request.sentAt() >= each) {
                end(new SftpTimeoutException(
                        "the server answers others, but one request not for "
                                + TimeUnit.NANOSECONDS.toMillis(now - request.sentAt()) + " ms",
                        null));
                return;
            }
        }
        watch();
    }
}
