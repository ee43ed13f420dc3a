package io.portolan.sftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.connection.SshChannelListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One end of a channel whose octets go to whoever takes them, at a later turn of the event loop. */
final class Wire implements SshChannel {

    private final EventExecutor loop;
    private final Consumer<ByteBuf> out;
    private final Runnable finished;
    private long received;
    private long consumed;
    private @Nullable SshChannelListener program;
    private boolean closed;

    Wire(EventExecutor loop, Consumer<ByteBuf> out, Runnable finished) {
        this.loop = loop;
        this.out = out;
        this.finished = finished;
    }

    void run(SshChannelListener listener) {
        program = listener;
    }

    /** Octets come in. */
    void in(ByteBuf data) {
        SshChannelListener listener = program;
        if (closed || listener == null) {
            data.release();
            return;
        }
        received += data.readableBytes();
        listener.received(data);
    }

    void close() {
        SshChannelListener listener = program;
        if (!closed && listener != null) {
            closed = true;
            listener.closed();
        }
    }

    @Override
    public EventExecutor eventLoop() {
        return loop;
    }

    @Override
    public void write(ByteBuf data) {
        if (closed) {
            data.release();
        } else {
            out.accept(data);
        }
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public boolean isWritable() {
        return !closed;
    }

    @Override
    public void consumed(int octets) {
        consumed += octets;
    }

    /** Whether all that has come is credit again. */
    boolean isSettled() {
        return consumed == received;
    }

    @Override
    public void finish(int exitStatus) {
        loop.execute(finished);
    }
}
