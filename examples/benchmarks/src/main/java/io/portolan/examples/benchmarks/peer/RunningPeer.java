package io.portolan.examples.benchmarks.peer;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that runs. Closing it ends its process and those that the process started, and no other. */
public final class RunningPeer implements Closeable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int PROBE_TIMEOUT_MILLIS = 2000;

    private final Peer peer;
    private final Process process;
    private final int port;
    private final String user;
    private final String password;
    private final Thread killer;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private @Nullable Path key;

    private RunningPeer(Peer peer, Process process, int port, String user, String password) {
        this.peer = peer;
        this.process = process;
        this.port = port;
        this.user = user;
        this.password = password;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions =
                new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        this.killer = new Thread(this::kill, "end-" + peer.name());
    }

    /** Takes over a process that has just been started, and waits for its greeting. */
    static RunningPeer of(Peer peer, Process process, int port, String user, String password)
            throws IOException, InterruptedException {
        RunningPeer running = new RunningPeer(peer, process, port, user, password);
        // an interrupted run leaves no server behind
        Runtime.getRuntime().addShutdownHook(running.killer);
        try {
            running.awaitGreeting();
        } catch (IOException | InterruptedException e) {
            running.close();
            throw e;
        }
        return running;
    }

    /** Says with which private key one logs in. */
    RunningPeer withKey(Path privateKey) {
        this.key = privateKey;
        return this;
    }

    /** A port that nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private void awaitGreeting() throws IOException, InterruptedException {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!greets()) {
            if (!process.isAlive()) {
                throw new IOException(peer.name() + " ended at once, with " + process.exitValue());
            }
            if (System.nanoTime() > end) {
                throw new IOException(peer.name() + " does not greet");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean greets() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), PROBE_TIMEOUT_MILLIS);
            socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
            return socket.getInputStream().read() == peer.protocol().greeting();
        } catch (IOException notYet) {
            return false;
        }
    }

    public String name() {
        return peer.name();
    }

    public Peer.Kind kind() {
        return peer.kind();
    }

    public long pid() {
        return process.pid();
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** The file of the private key that one logs in with. */
    public Path key() {
        if (key == null) {
            throw new IllegalStateException(name() + " wants a password");
        }
        return key;
    }

    /** A URL of something on it. */
    public String url(String path) {
        return "ftp://" + user + ":" + password + "@127.0.0.1:" + port + "/" + path;
    }

    /** Bytes of live objects, after a full collection; empty for what runs on no JVM. */
    public OptionalLong liveHeap() {
        if (kind() == Peer.Kind.NATIVE) {
            return OptionalLong.empty();
        }
        questions.println(ServerMain.HEAP);
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException(name() + " is gone");
            }
            return OptionalLong.of(Long.parseLong(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(killer);
        // servers of ours end with their input, and then write their recording
        questions.close();
        try {
            if (kind() == Peer.Kind.NATIVE || !process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                kill();
                process.waitFor();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
