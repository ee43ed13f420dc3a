package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program that notes what comes, and consumes it at once unless it was told not to. */
final class RecordingProgram implements SshChannelListener {

    final SshChannel channel;
    final StringBuilder received = new StringBuilder();
    final List<Integer> exits = new ArrayList<>();
    long octets;
    int eofs;
    int writables;
    int closes;
    boolean consumes = true;
    Runnable onWritable = () -> {};

    RecordingProgram(SshChannel channel) {
        this.channel = channel;
    }

    @Override
    public void received(ByteBuf data) {
        int size = data.readableBytes();
        octets += size;
        if (octets < 1024) {
            received.append(data.toString(StandardCharsets.US_ASCII));
        }
        data.release();
        if (consumes) {
            channel.consumed(size);
        }
    }

    @Override
    public void eof() {
        eofs++;
    }

    @Override
    public void exited(int status) {
        exits.add(status);
    }

    @Override
    public void writable() {
        writables++;
        onWritable.run();
    }

    @Override
    public void closed() {
        closes++;
    }
}
