package io.portolan.examples.benchmarks.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Many clients on one thread. They come from several loopback addresses, for one has too few ports for all of them. */
public final class Crowd implements Closeable {

    private static final int SOURCES = 64;
    private static final int BUFFER = 4096;
    private static final long SELECT_MILLIS = 100;

    /** A server that answers nothing for this long is stuck. */
    private static final long STALL_NANOS = 20_000_000_000L;

    private final InetSocketAddress server;
    private final String user;
    private final String password;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<SocketChannel> held = new ArrayList<>();
    private int nextSource;

    public Crowd(InetSocketAddress server, String user, String password) throws IOException {
        this.server = server;
        this.user = user;
        this.password = password;
        this.selector = Selector.open();
    }

    /**
     * Logs in, leaves, and begins anew.
     *
     * @param together how many are connected at a time
     * @return how many logged in per second
     */
    public double loginsPerSecond(int together, double seconds) throws IOException {
        List<Visitor.Step> steps = steps(true);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long finished = 0;
        long lastProgress = start;
        for (int i = 0; i < together; i++) {
            connect(steps);
        }
        while (System.nanoTime() < end) {
            selector.select(SELECT_MILLIS);
            int ready = 0;
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ready++) {
                SelectionKey key = keys.next();
                keys.remove();
                if (step(key)) {
                    Visitor visitor = (Visitor) key.attachment();
                    if (!visitor.isDone()) {
                        throw new IOException("the server hung up");
                    }
                    visitor.channel().close();
                    finished++;
                    connect(steps);
                }
            }
            lastProgress = checkProgress(ready, lastProgress);
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.selectNow();
        return finished / elapsed;
    }

    /**
     * Logs in and stays, until {@link #close()}.
     *
     * @param together how many log in at a time
     */
    public void stay(int sessions, int together) throws IOException {
        List<Visitor.Step> steps = steps(false);
        int begun = 0;
        int pending = 0;
        long lastProgress = System.nanoTime();
        while (held.size() < sessions) {
            while (pending < together && begun < sessions) {
                connect(steps);
                begun++;
                pending++;
            }
            selector.select(SELECT_MILLIS);
            int ready = 0;
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ready++) {
                SelectionKey key = keys.next();
                keys.remove();
                Visitor visitor = (Visitor) key.attachment();
                if (step(key)) {
                    throw new IOException("the server hung up on session " + held.size());
                }
                if (visitor.isDone() && key.isValid()) {
                    key.cancel();
                    held.add(visitor.channel());
                    pending--;
                }
            }
            lastProgress = checkProgress(ready, lastProgress);
        }
    }

    private long checkProgress(int ready, long last) throws IOException {
        long now = System.nanoTime();
        if (ready == 0 && now - last > STALL_NANOS) {
            throw new IOException("the server does not answer");
        }
        return ready == 0 ? last : now;
    }

    private List<Visitor.Step> steps(boolean leave) {
        List<Visitor.Step> steps = new ArrayList<>();
        steps.add(new Visitor.Step('2', "USER " + user + "\r\n"));
        steps.add(new Visitor.Step('3', "PASS " + password + "\r\n"));
        if (leave) {
            steps.add(new Visitor.Step('2', "QUIT\r\n"));
        }
        steps.add(new Visitor.Step('2', ""));
        return steps;
    }

    private void connect(List<Visitor.Step> steps) throws IOException {
        SocketChannel channel = SocketChannel.open();
        boolean handedOver = false;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            nextSource = (nextSource + 1) % SOURCES;
            channel.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (nextSource + 1)}), 0));
            Visitor visitor = new Visitor(channel, steps);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, visitor);
            if (channel.connect(server)) {
                visitor.connected(key);
            }
            handedOver = true;
        } finally {
            if (!handedOver) {
                channel.close();
            }
        }
    }

    /** Whether the connection is at its end. */
    private boolean step(SelectionKey key) throws IOException {
        Visitor visitor = (Visitor) key.attachment();
        if (key.isConnectable()) {
            visitor.connected(key);
            return false;
        }
        return visitor.read(buffer);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : held) {
            channel.close();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
