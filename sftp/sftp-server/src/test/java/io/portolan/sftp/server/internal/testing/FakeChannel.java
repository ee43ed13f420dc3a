package io.portolan.sftp.server.internal.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.ssh.internal.connection.SshChannel;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** A channel of SSH whose other end is the test. */
public final class FakeChannel implements SshChannel {

    private final EmbeddedChannel owner = new EmbeddedChannel();
    private final EventLoop loop;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private boolean writable = true;
    private long consumed;
    private @Nullable Integer exitStatus;

    /** One whose event loop does nothing before {@link #runLoop}. */
    public FakeChannel() {
        loop = owner.eventLoop();
    }

    /** One with an event loop that runs by itself. */
    public FakeChannel(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    /** Lets the event loop do what it has to. */
    public void runLoop() {
        owner.runPendingTasks();
    }

    @Override
    public void write(ByteBuf data) {
        byte[] octets = new byte[data.readableBytes()];
        data.readBytes(octets);
        data.release();
        sent.writeBytes(octets);
    }

    @Override
    public long pending() {
        return 0;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    /** What {@link #isWritable} says from now on. */
    public void setWritable(boolean value) {
        writable = value;
    }

    @Override
    public void consumed(int octets) {
        consumed += octets;
    }

    /** For how many octets there was credit. */
    public long consumed() {
        return consumed;
    }

    @Override
    public void finish(int status) {
        exitStatus = status;
    }

    /** With which status the server has ended the channel; null if it has not. */
    public @Nullable Integer exitStatus() {
        return exitStatus;
    }

    /** How many octets were written and not looked at. */
    public int sentOctets() {
        return sent.size();
    }

    /** Takes all that was written. */
    public byte[] takeSent() {
        byte[] octets = sent.toByteArray();
        sent.reset();
        return octets;
    }
}
