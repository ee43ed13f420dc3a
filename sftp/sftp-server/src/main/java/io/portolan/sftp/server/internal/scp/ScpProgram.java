package io.portolan.sftp.server.internal.scp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.sftp.server.internal.engine.ServedProgram;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.ssh.internal.connection.ReceivedOctets;
import io.portolan.ssh.internal.connection.SshChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy in a channel. What has come goes to the lane in turns, one at a time; credit for it is given when the turn is over, and there is a next turn only if the peer takes
 * what the last one made. So nothing piles up on either side, and no worker waits for a peer.
 */
public final class ScpProgram implements ServedProgram {

    static final Logger LOGGER = LoggerFactory.getLogger(ScpProgram.class);

    /** What a turn may make: a few packets, so that reading and sending overlap. */
    private static final int OUTPUT = 128 * 1024;

    /** What a turn of a copy to here may make: it answers octets by octets, and seldom by lines. */
    private static final int ANSWERS = 2 * ScpCopy.MAX_ANSWER;

    private final SshChannel channel;
    private final ByteBufAllocator allocator;
    private final SftpServices services;
    private final ScpCopy copy;
    private final int outputSize;
    private final WorkerLane lane;
    private final ReceivedOctets arrived;
    private final List<Runnable> whenReleased = new ArrayList<>();
    private long progressToldAt;
    private boolean inputEnded;
    private boolean busy;
    private boolean pausing;
    private boolean wantsTurn = true;
    private boolean finished;
    private boolean gone;
    private boolean closing;
    private boolean released;

    /**
     * Makes a program; {@link #start} starts it.
     *
     * @param channel where the copy runs
     * @param allocator for what is sent
     * @param services what the session lends
     */
    public ScpProgram(SshChannel channel, ByteBufAllocator allocator, SftpServices services, ScpCommand command) {
        this.channel = channel;
        this.allocator = allocator;
        this.arrived = new ReceivedOctets(allocator);
        this.services = services;
        ScpFiles files = new ScpFiles(services.files(), services.home(), services.events());
        this.copy = command.upload() ? new ScpSink(command, files) : new ScpSource(command, files);
        this.outputSize = command.upload() ? ANSWERS : OUTPUT;
        this.lane = new WorkerLane(services.workers());
    }

    /** What a turn needs, and what became of it. */
    private record Turn(List<ByteBuf> taken, List<ByteBuffer> input, ByteBuf output, ByteBuffer room, boolean last) {}

    /** Begins. On the event loop. */
    public void start() {
        proceed();
    }

    @Override
    public boolean isTransferring() {
        return !finished && !gone;
    }

    @Override
    public boolean isWorking() {
        // a pause for the rate's sake is work too
        return busy || pausing;
    }

    @Override
    public void whenReleased(Runnable told) {
        whenReleased.add(told);
        tellReleased();
    }

    @Override
    public void received(ByteBuf data) {
        if (finished) {
            channel.consumed(data.readableBytes());
            data.release();
            return;
        }
        arrived.add(data);
        wantsTurn = true;
        proceed();
    }

    @Override
    public void eof() {
        inputEnded = true;
        wantsTurn = true;
        proceed();
    }

    @Override
    public void writable() {
        proceed();
    }

    private void proceed() {
        if (busy || pausing || finished || gone || !wantsTurn || !channel.isWritable()) {
            return;
        }
        busy = true;
        wantsTurn = false;
        List<ByteBuf> taken = new ArrayList<>();
        for (ByteBuf next = arrived.poll(); next != null; next = arrived.poll()) {
            taken.add(next);
        }
        List<ByteBuffer> input = new ArrayList<>(taken.size());
        for (ByteBuf data : taken) {
            input.add(data.nioBuffer());
        }
        ByteBuf output = allocator.buffer(outputSize, outputSize);
        Turn turn = new Turn(taken, input, output, output.nioBuffer(0, outputSize), inputEnded);
        lane.call(() -> run(turn), channel.eventLoop(), (moved, failure) -> done(turn, moved, failure));
    }

    /** On the lane. Returns the octets of content that were moved. */
    private Long run(Turn turn) throws IOException {
        int current = 0;
        ByteBuffer nothing = ByteBuffer.allocate(0);
        while (!copy.isEnded() && turn.room().remaining() >= ScpCopy.MAX_ANSWER) {
            while (current < turn.input().size() && !turn.input().get(current).hasRemaining()) {
                current++;
            }
            boolean more = current < turn.input().size();
            if (!copy.step(more ? turn.input().get(current) : nothing, turn.room()) && !more) {
                if (turn.last() && !copy.isEnded()) {
                    copy.inputEnded(turn.room());
                }
                break;
            }
        }
        if (copy.isEnded()) {
            copy.close();
        }
        tellProgress();
        return copy.takeMoved();
    }

    private void tellProgress() {
        long interval = services.progressInterval().toNanos();
        long now = System.nanoTime();
        if (interval > 0 && now - progressToldAt >= interval) {
            progressToldAt = now;
            copy.progressed();
        }
    }

    private void done(Turn turn, @Nullable Long moved, @Nullable Throwable failure) {
        busy = false;
        giveBack(turn);
        if (gone) {
            turn.output().release();
            release();
            return;
        }
        turn.output().writerIndex(turn.room().position());
        channel.write(turn.output());
        if (failure != null) {
            LOGGER.warn("A copy failed", failure);
            finish(1);
            return;
        }
        if (copy.isEnded()) {
            finish(copy.exitStatus());
            return;
        }
        // Another turn is of use if this one has stopped for want of room.
        if (turn.room().remaining() < ScpCopy.MAX_ANSWER || !arrived.isEmpty()) {
            wantsTurn = true;
        }
        long pause = moved == null ? 0 : services.rateLimit().reserve(moved, System.nanoTime());
        if (pause > 0) {
            pausing = true;
            channel.eventLoop().schedule(this::pauseOver, pause, TimeUnit.NANOSECONDS);
        } else {
            proceed();
        }
    }

    private void pauseOver() {
        pausing = false;
        proceed();
    }

    /** Keeps what the turn has not used, and gives credit for the rest. */
    private void giveBack(Turn turn) {
        int consumed = 0;
        for (int i = turn.taken().size() - 1; i >= 0; i--) {
            ByteBuf data = turn.taken().get(i);
            int left = turn.input().get(i).remaining();
            consumed += data.readableBytes() - left;
            if (left > 0 && !gone && !copy.isEnded()) {
                data.skipBytes(data.readableBytes() - left);
                arrived.addFirst(data);
            } else {
                consumed += left;
                data.release();
            }
        }
        channel.consumed(consumed);
    }

    private void finish(int status) {
        finished = true;
        dropArrived();
        channel.finish(status);
    }

    private void dropArrived() {
        for (ByteBuf data = arrived.poll(); data != null; data = arrived.poll()) {
            channel.consumed(data.readableBytes());
            data.release();
        }
    }

    @Override
    public void closed() {
        gone = true;
        dropArrived();
        if (!busy) {
            release();
        }
    }

    private void release() {
        if (closing) {
            return;
        }
        closing = true;
        lane.callAlways(
                () -> {
                    copy.close();
                    return true;
                },
                channel.eventLoop(),
                (done, failure) -> {
                    released = true;
                    tellReleased();
                });
    }

    private void tellReleased() {
        if (released) {
            List<Runnable> told = List.copyOf(whenReleased);
            whenReleased.clear();
            told.forEach(Runnable::run);
        }
    }
}
