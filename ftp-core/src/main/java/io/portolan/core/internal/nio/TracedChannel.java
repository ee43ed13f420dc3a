package io.portolan.core.internal.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** A channel, what its failures mean, and what is done at its end. */
final class TracedChannel implements SeekableByteChannel {

    private final SeekableByteChannel channel;
    private final OpenEnd end;
    private final AtomicBoolean ended = new AtomicBoolean();

    TracedChannel(SeekableByteChannel channel, OpenEnd end) {
        this.channel = channel;
        this.end = end;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return channel.read(target);
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            return channel.write(source);
        } catch (IOException e) {
            throw end.explained(e);
        }
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        channel.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        channel.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (ended.compareAndSet(false, true)) {
            try {
                channel.close();
            } catch (IOException e) {
                throw end.explained(e);
            } finally {
                end.closed();
            }
        }
    }
}
