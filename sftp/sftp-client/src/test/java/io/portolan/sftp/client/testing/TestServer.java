package io.portolan.sftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.internal.protocol.SftpConnection;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.transfer.FlightWindow;
import io.portolan.sftp.server.internal.engine.SftpEngine;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.sftp.server.internal.request.StandardGreeting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that a client can be connected to without SSH: ours, or one by a script, or one behind a process. */
public final class TestServer implements AutoCloseable {

    private final TestThreads threads;
    private final Wire client;
    private final SftpConnection connection;
    private final Runnable end;

    private TestServer(TestThreads threads, ProtocolSettings settings, Peer peer) {
        this.threads = threads;
        Wire wire = new Wire(threads.loop(), peer::fromClient, peer::end);
        this.client = wire;
        this.end = peer::end;
        this.connection = new SftpConnection(wire, PooledByteBufAllocator.DEFAULT, settings, "SSH-2.0-test");
        wire.run(connection);
        peer.toClient(new Line() {
            @Override
            public void send(ByteBuf data) {
                threads.loop().execute(() -> wire.in(data));
            }

            @Override
            public void close() {
                threads.loop().execute(wire::close);
            }
        });
    }

    /** The way to the client. */
    public interface Line {

        /** Octets for the client; from any thread. */
        void send(ByteBuf data);

        /** The channel ends. */
        void close();
    }

    /** Whatever is at the other end. */
    public interface Peer {

        /** The client says something; on the event loop. Takes over the buffer. */
        void fromClient(ByteBuf data);

        /** Where answers go; called once, before anything else. */
        void toClient(Line line);

        /** The client has ended the channel. */
        void end();
    }

    /** Anything. */
    public static TestServer of(TestThreads threads, ProtocolSettings settings, Peer peer) {
        return new TestServer(threads, settings, peer);
    }

    /** Ours, with files. */
    public static TestServer serving(TestThreads threads, ProtocolSettings settings, VirtualFileSystem files) {
        return of(threads, settings, new Engine(threads, files));
    }

    private static final class Engine implements Peer {
        private final TestThreads threads;
        private final VirtualFileSystem files;
        private @Nullable Wire wire;

        Engine(TestThreads threads, VirtualFileSystem files) {
            this.threads = threads;
            this.files = files;
        }

        @Override
        public void toClient(Line line) {
            Wire server = new Wire(threads.loop(), line::send, line::close);
            SftpServices services = new SftpServices(
                    files,
                    VirtualPath.root(),
                    threads.workers(),
                    new SessionEvents(List.of(), new NoSession(), new WorkerLane(threads.workers())),
                    RateLimit.unlimited(),
                    Duration.ZERO,
                    SftpLimits.DEFAULT);
            server.run(new SftpEngine(server, PooledByteBufAllocator.DEFAULT, services, new StandardGreeting()));
            wire = server;
        }

        @Override
        public void fromClient(ByteBuf data) {
            Wire server = wire;
            threads.loop().execute(() -> server.in(data));
        }

        @Override
        public void end() {
            Wire server = wire;
            threads.loop().execute(server::close);
        }
    }

    /** The client's end. */
    public SftpConnection connection() {
        return connection;
    }

    /** Says INIT. */
    public TestServer start() {
        threads.loop().execute(connection::start);
        return this;
    }

    /** A session, as soon as the server has told its version. */
    public ClientSession session() throws Exception {
        return session(FlightWindow.MOST);
    }

    /** The same with so much memory. */
    public ClientSession session(long memory) throws Exception {
        start();
        CompletableFuture<ClientSession> session = connection
                .ready()
                .thenApply(facts -> new ClientSession(connection, threads.workers(), memory, RateLimit.unlimited()));
        return session.get(30, TimeUnit.SECONDS);
    }

    /** Whether the client has given credit for all that has come. */
    public boolean isSettled() throws Exception {
        return threads.loop().submit(client::isSettled).get();
    }

    /** The channel goes, from any thread, with whatever is on its way. */
    public void breakOff() {
        threads.loop().execute(() -> {
            client.close();
            end.run();
        });
    }

    @Override
    public void close() {
        onLoop(() -> {
            connection.close();
            client.close();
        });
        onLoop(end);
        // what that has set off
        onLoop(() -> {});
        onLoop(() -> {});
    }

    private void onLoop(Runnable step) {
        threads.loop().submit(step).syncUninterruptibly();
    }
}
