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

/**
 * A long way to a server, within this process: a relay that keeps whatever it reads for half of the round trip's time, one way and the other. Its windows are
 * never what limits a transfer, as with a well-tuned TCP; what remains are the windows and the round trips of the protocol above. Connections are not delayed.
 */
public final class DelayedLink implements Closeable {

    /** In flight one way. It must be more than any server's window: 64 MiB is 400 MB/s for 150 ms. */
    private static final int IN_FLIGHT = 64 << 20;

    private static final int READ = 64 << 10;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final InetSocketAddress server;
    private final long delayNanos;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ArrayDeque<>();

    /**
     * Listens on a port of its own.
     *
     * @param server whom connections go to
     * @param roundTripMillis how long a question and its answer are under way
     */
    public DelayedLink(InetSocketAddress server, int roundTripMillis) throws IOException {
        this.server = server;
        this.delayNanos = roundTripMillis * 1_000_000L / 2;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = keep(listener.accept());
                Socket far = keep(new Socket(server.getAddress(), server.getPort()));
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                connect(near, far);
                connect(far, near);
            }
        } catch (IOException closed) {
            close();
        }
    }

    private Socket keep(Socket socket) throws IOException {
        synchronized (sockets) {
            if (listener.isClosed()) {
                socket.close();
            }
            sockets.add(socket);
        }
        return socket;
    }

    private void connect(Socket from, Socket to) {
        Way way = new Way();
        daemon(() -> read(from, way));
        daemon(() -> write(way, to));
    }

    private void read(Socket from, Way way) {
        try {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[READ];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                way.put(new Chunk(System.nanoTime() + delayNanos, ByteBuffer.wrap(Arrays.copyOf(buffer, length))));
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
                for (long left = chunk.due() - System.nanoTime(); left > 0; left = chunk.due() - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (!chunk.octets().hasRemaining()) {
                    throw new EOFException();
                }
                out.write(chunk.octets().array());
            }
        } catch (IOException | InterruptedException over) {
            way.discard();
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
