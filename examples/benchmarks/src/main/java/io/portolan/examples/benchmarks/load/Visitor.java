package io.portolan.examples.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One control connection: it sends its commands, each after the reply to the one before. */
final class Visitor {

    /** A reply that is to be waited for, and the command that is sent then. */
    record Step(char firstDigit, String command) {}

    private final SocketChannel channel;
    private final List<Step> steps;
    private int step;
    private int column;
    private int code;
    private boolean last;

    Visitor(SocketChannel channel, List<Step> steps) {
        this.channel = channel;
        this.steps = steps;
    }

    SocketChannel channel() {
        return channel;
    }

    void connected(SelectionKey key) throws IOException {
        channel.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
    }

    /** Whether all has been said and answered. */
    boolean isDone() {
        return step == steps.size();
    }

    /**
     * Reads and answers what is there.
     *
     * @return whether the server has ended the connection
     */
    boolean read(ByteBuffer shared) throws IOException {
        shared.clear();
        int length = channel.read(shared);
        for (int i = 0; i < length; i++) {
            octet(shared.get(i));
        }
        return length < 0;
    }

    private void octet(byte octet) throws IOException {
        if (octet == '\n') {
            if (last) {
                reply();
            }
            column = 0;
            return;
        }
        if (column == 0) {
            code = octet;
        }
        if (column == 3) {
            last = octet == ' ';
        } else if (column < 3) {
            last = false;
        }
        column++;
    }

    private void reply() throws IOException {
        if (isDone()) {
            return;
        }
        Step expected = steps.get(step);
        if (code != expected.firstDigit()) {
            throw new IOException("reply " + (char) code + "xx to step " + step);
        }
        step++;
        ByteBuffer command = ByteBuffer.wrap(expected.command().getBytes(StandardCharsets.US_ASCII));
        while (command.hasRemaining()) {
            // a few octets always fit into an empty socket buffer
            channel.write(command);
        }
    }
}
