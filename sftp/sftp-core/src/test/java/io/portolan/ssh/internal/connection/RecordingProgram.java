package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** A program that notes what comes, and consumes it at once unless it was told not to. */
final class RecordingProgram implements SshChannelListener {

    final SshChannel channel;
    final StringBuilder received = new StringBuilder();
    long octets;
    int eofs;
    int writables;
    int closes;
    boolean consumes = true;

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
    public void writable() {
        writables++;
    }

    @Override
    public void closed() {
        closes++;
    }
}
