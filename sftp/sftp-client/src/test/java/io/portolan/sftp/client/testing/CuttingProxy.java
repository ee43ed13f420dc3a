package io.portolan.sftp.client.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Stands before a server, and cuts each connection, without a goodbye, when so many octets have gone through it in both directions together. What the server says to what has still come to it is passed on, if it was the client who
 * had said too much.
 */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong moved = new AtomicLong();
    private final Thread accepting;
    private final LongSupplier lives;
    private volatile int target;

    /**
     * Begins to listen.
     *
     * @param target the server's port
     * @param lives asked, for each connection before the server gets it, how many octets it lives
     */
    public CuttingProxy(int target, LongSupplier lives) throws IOException {
        this.target = target;
        this.lives = lives;
        accepting = new Thread(this::accept, "cutting-proxy");
        accepting.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where connections go from now on. */
    public void leadTo(int port) {
        target = port;
    }

    /** How many connections were cut at their time. */
    public int cuts() {
        return cuts.get();
    }

    public int connections() {
        return connections.get();
    }

    /** Octets of all connections. */
    public long moved() {
        return moved.get();
    }

    /** All connections that there are at this time end. */
    public void cutAll() {
        open.forEach(CuttingProxy::closeQuietly);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                connections.incrementAndGet();
                AtomicLong left = new AtomicLong(lives.getAsLong());
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(server);
                start("cutting-proxy-up", () -> pump(client, server, left, true));
                start("cutting-proxy-down", () -> pump(server, client, left, false));
            } catch (IOException e) {
                // the server is away, or this ends
                cutAll();
            }
        }
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        threads.add(thread);
        thread.start();
    }

    private void pump(Socket from, Socket to, AtomicLong left, boolean up) {
        byte[] buffer = new byte[16 * 1024];
        boolean halfOpen = false;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                long before = left.getAndAdd(-count);
                int passed = (int) Math.max(0, Math.min(count, before));
                out.write(buffer, 0, passed);
                moved.addAndGet(passed);
                if (passed < count) {
                    if (before >= 0) {
                        cuts.incrementAndGet();
                    }
                    halfOpen = up;
                    break;
                }
            }
            if (halfOpen) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            halfOpen = false;
        }
        if (!halfOpen) {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            accepting.join();
            cutAll();
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
