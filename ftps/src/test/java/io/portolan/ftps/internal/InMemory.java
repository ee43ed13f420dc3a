package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.ReferenceCounted;
import io.netty.util.concurrent.ImmediateExecutor;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/** Both ends of a connection without a socket: the server's handlers on one channel, a client's TLS on another. What one says reaches the other when the test carries it. */
final class InMemory implements AutoCloseable {

    /** Made once, as a key pair takes its time on a busy machine. */
    private static final TlsKeys KEYS = TlsKeys.selfSigned();

    static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    /** All in the caller's thread, at once. */
    static final SecurityThreads AT_ONCE = new SecurityThreads() {
        @Override
        public <T> CompletableFuture<T> onHouse(Callable<T> task) {
            try {
                return CompletableFuture.completedFuture(task.call());
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public Executor workers() {
            return ImmediateExecutor.INSTANCE;
        }
    };

    /** A channel whose peer can stop to read. */
    static final class Connection extends EmbeddedChannel {
        boolean unread;

        @Override
        protected SocketAddress remoteAddress0() {
            return PEER;
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer written) throws Exception {
            if (!unread) {
                super.doWrite(written);
            }
        }
    }

    /** The last handler: what came through. */
    static final class Log extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        final List<Object> events = new ArrayList<>();
        final List<Throwable> failures = new ArrayList<>();
        BiConsumer<ChannelHandlerContext, String> whenRead = (ctx, text) -> {};

        byte[] octets() {
            return octets.toByteArray();
        }

        String text() {
            return octets.toString(StandardCharsets.US_ASCII);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
            ByteBuf buffer = (ByteBuf) message;
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes).release();
            octets.write(bytes);
            whenRead.accept(ctx, new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            events.add(event);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            failures.add(cause);
        }
    }

    final Connection server = new Connection();
    final Connection client = new Connection();
    final Log serverLog = new Log();
    final Log clientLog = new Log();
    final SessionSecurity session;
    private final SslContext clients;
    private final TlsServer tls;
    private final SslHandler clientTls;

    private InMemory(TlsEngine engine, SslProvider clientEngine, String version) throws IOException {
        tls = (TlsServer) mechanism(engine).open(AT_ONCE);
        session = tls.begin("TLS", null);
        clients = SslContextBuilder.forClient()
                .sslProvider(clientEngine)
                .protocols(version)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm(null)
                .build();
        clientTls = clients.newHandler(client.alloc());
    }

    static ServerTlsMechanism mechanism(TlsEngine engine) {
        return (ServerTlsMechanism) ServerTls.builder()
                .keys(KEYS)
                .engine(engine)
                .dataSessionResumption(SessionResumption.PREFER)
                .build();
    }

    static ServerTlsSettings settings() {
        return mechanism(TlsEngine.BORINGSSL).settings();
    }

    /** A data connection whose handshake is still to come. */
    static InMemory data(TlsEngine engine, String version, boolean incoming) throws IOException {
        return data(engine, SslProvider.OPENSSL_REFCNT, version, incoming);
    }

    static InMemory data(TlsEngine engine, SslProvider clientEngine, String version, boolean incoming)
            throws IOException {
        InMemory made = new InMemory(engine, clientEngine, version);
        made.session.protectData(made.server.pipeline(), incoming);
        return made.begin();
    }

    /** A control connection. */
    static InMemory control(TlsEngine engine, SslProvider clientEngine, String version) throws IOException {
        InMemory made = new InMemory(engine, clientEngine, version);
        made.session.protectControl(made.server.pipeline());
        return made.begin();
    }

    private InMemory begin() {
        server.pipeline().addLast(serverLog);
        client.pipeline().addLast(clientTls, clientLog);
        return this;
    }

    /** The client's TLS. */
    SslHandler clientTls() {
        return clientTls;
    }

    /** What the client has said since it was carried last, which is to be carried by the test. */
    ByteBuf fromClient() {
        client.runPendingTasks();
        return taken(client);
    }

    private static ByteBuf taken(EmbeddedChannel from) {
        ByteBuf all = Unpooled.buffer();
        ByteBuf next = from.readOutbound();
        while (next != null) {
            all.writeBytes(next);
            next.release();
            next = from.readOutbound();
        }
        return all;
    }

    /** Hands it to the server in one read. */
    void toServer(ByteBuf octets) {
        deliver(octets, server);
    }

    /** Lets the client hear what the server has said. */
    void toClient() {
        server.runPendingTasks();
        deliver(taken(server), client);
    }

    private static void deliver(ByteBuf octets, EmbeddedChannel to) {
        if (octets.isReadable() && to.isOpen()) {
            to.writeInbound(octets);
        } else {
            octets.release();
        }
    }

    /** Carries until nobody says anything more. */
    InMemory carry() {
        boolean moved;
        do {
            ByteBuf said = fromClient();
            moved = said.isReadable();
            toServer(said);
            server.runPendingTasks();
            ByteBuf answer = taken(server);
            moved |= answer.isReadable();
            deliver(answer, client);
        } while (moved);
        return this;
    }

    void clientSays(String text) {
        client.writeOutbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    /** The native engines, if there are some, are gone with their connections. */
    boolean isReleased(SslHandler handler) {
        return !(handler.engine() instanceof ReferenceCounted counted) || counted.refCnt() == 0;
    }

    @Override
    public void close() {
        server.unread = false;
        server.finishAndReleaseAll();
        client.finishAndReleaseAll();
        session.close();
        tls.close();
        ReferenceCountUtil.release(clients);
    }
}
