package io.portolan.examples.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A long way to a server, within this process: a relay that keeps whatever it reads for half of the round trip's time, one way and the other. Its windows are
 * never what limits a transfer, as with a well-tuned TCP; what remains are the windows and the round trips of the protocol above. Connections are not delayed, unless that is
 * asked for; then the server hears of one and of what is sent on it as late as it would, though the client takes it for made at once.
 */
public class DelayedLink implements Closeable {

    /** In flight one way. It must be more than any server's window: 64 MiB is 400 MB/s for 150 ms. */
    private static final int IN_FLIGHT = 64 << 20;

    private static final int READ = 64 << 10;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final InetSocketAddress server;
    private final long delayNanos;
    private final Distance distance;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ArrayDeque<>();
    private boolean closed;

    /** What else is delayed, and how often. */
    enum Distance {
        /** What is sent. */
        OCTETS,
        /** Connections as well. */
        CONNECTIONS,
        /** One connection; there will be no other. */
        ONE_CONNECTION
    }

    /**
     * Listens on a port of its own.
     *
     * @param server whom connections go to
     * @param roundTripMillis how long a question and its answer are under way
     */
    @SuppressWarnings("this-escape")
    public DelayedLink(InetSocketAddress server, int roundTripMillis) throws IOException {
        this(server, roundTripMillis, Distance.OCTETS);
    }

    @SuppressWarnings("this-escape")
    DelayedLink(InetSocketAddress server, int roundTripMillis, Distance distance) throws IOException {
        this.server = server;
        this.delayNanos = roundTripMillis * 1_000_000L / 2;
        this.distance = distance;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        // a subclass is asked for nothing before somebody connects
        daemon(this::accept);
    }

    /** What becomes of the server's answers on one connection: each call gets what has come, and gives what is passed on now. */
    UnaryOperator<byte[]> answers() {
        return UnaryOperator.identity();
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            do {
                Socket near = keep(listener.accept());
                long now = System.nanoTime();
                if (distance == Distance.OCTETS) {
                    connect(near, now);
                } else {
                    daemon(() -> connectLater(near, now));
                }
            } while (distance != Distance.ONE_CONNECTION);
            listener.close();
        } catch (IOException over) {
            close();
        }
    }

    private void connectLater(Socket near, long now) {
        await(now + delayNanos);
        try {
            connect(near, now + 2 * delayNanos);
        } catch (IOException refused) {
            try {
                near.close();
            } catch (IOException e) {
                refused.addSuppressed(e);
            }
        }
    }

    private void connect(Socket near, long established) throws IOException {
        Socket far = keep(new Socket(server.getAddress(), server.getPort()));
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        connect(near, far, UnaryOperator.identity(), established);
        connect(far, near, answers(), established);
    }

    private Socket keep(Socket socket) throws IOException {
        synchronized (sockets) {
            if (closed) {
                socket.close();
            }
            sockets.add(socket);
        }
        return socket;
    }

    private void connect(Socket from, Socket to, UnaryOperator<byte[]> filter, long established) {
        Way way = new Way();
        daemon(() -> read(from, way, filter, established));
        daemon(() -> write(way, to));
    }

    private void read(Socket from, Way way, UnaryOperator<byte[]> filter, long established) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[READ];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                byte[] passed = filter.apply(Arrays.copyOf(buffer, length));
                if (passed.length > 0) {
                    long sent = Math.max(System.nanoTime(), established);
                    way.put(new Chunk(sent + delayNanos, ByteBuffer.wrap(passed)));
                }
            }
        } catch (IOException | InterruptedException over) {
            // the other side is told by the end that follows
        }
        way.end(System.nanoTime() + delayNanos);
    }

    private static void write(Way way, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk chunk = way.take();
                await(chunk.due());
                if (!chunk.octets().hasRemaining()) {
                    throw new EOFException();
                }
                out.write(chunk.octets().array());
            }
        } catch (IOException | InterruptedException over) {
            way.discard();
        }
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "delayed-link-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            synchronized (sockets) {
                closed = true;
                listener.close();
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some octets, or none at the end. */
    private record Chunk(long due, ByteBuffer octets) {}

    /** What is under way in one direction. */
    private static final class Way {

        private final Queue<Chunk> chunks = new ArrayDeque<>();
        private int held;
        private boolean discarding;

        synchronized void put(Chunk chunk) throws InterruptedException {
            while (held > IN_FLIGHT && !discarding) {
                wait();
            }
            if (!discarding) {
                add(chunk);
            }
        }

        synchronized void end(long due) {
            add(new Chunk(due, ByteBuffer.allocate(0)));
        }

        private void add(Chunk chunk) {
            chunks.add(chunk);
            held += chunk.octets().remaining();
            notifyAll();
        }

        synchronized Chunk take() throws InterruptedException {
            while (chunks.isEmpty()) {
                wait();
            }
            Chunk chunk = chunks.remove();
            held -= chunk.octets().remaining();
            notifyAll();
            return chunk;
        }

        synchronized void discard() {
            discarding = true;
            chunks.clear();
            held = 0;
            notifyAll();
        }
    }
}
