package io.portolan.ftps.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.portolan.core.internal.security.ClientMechanism;
import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.ClientSessionSecurity;
import io.portolan.core.internal.security.DataProtectionHandler;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.ftps.ClientTls;
import io.portolan.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of an FTP client around {@link ClientTls} to show what that does by itself, over real sockets. One transfer at a time; blocking, from the test's thread. */
public final class PipelineClient implements AutoCloseable {

    private static final Pattern PORT = Pattern.compile("\\|(\\d+)\\|");

    private final String host;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final BlockingQueue<Object> replies = new LinkedBlockingQueue<>();
    private final ClientSecurity security;
    private final ClientSessionSecurity session;
    private final Channel control;

    /** Connects; protects nothing yet. */
    public PipelineClient(ClientTls tls, String host, String address, int port) throws Exception {
        this.host = address;
        security = onLoop(() -> ((ClientMechanism) tls).open(new Threads()));
        session = onLoop(() -> security.begin(host, port));
        control = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new Control())
                .connect(address, port)
                .sync()
                .channel();
    }

    private <T> T onLoop(Callable<T> task) throws Exception {
        try {
            return loop.submit(task).get(Patience.MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private final class Threads implements SecurityThreads {
        @Override
        public <T> CompletableFuture<T> onHouse(Callable<T> task) {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public Executor workers() {
            return workers;
        }
    }

    /** Makes replies of lines, and keeps what has gone wrong among them. */
    private final class Control extends ChannelInboundHandlerAdapter {
        private final StringBuilder line = new StringBuilder();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf octets = (ByteBuf) message;
            String text = octets.toString(StandardCharsets.UTF_8);
            octets.release();
            text.chars().forEach(next -> {
                if (next == '\n') {
                    String reply = line.toString().stripTrailing();
                    line.setLength(0);
                    if (reply.matches("\\d{3} .*")) {
                        replies.add(reply);
                    }
                } else {
                    line.append((char) next);
                }
            });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            replies.add(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            replies.add(new EOFException("the control connection has ended"));
        }
    }

    /** The next reply, or what has happened instead. */
    public String reply() throws Exception {
        Object next = replies.poll(Patience.MILLIS, TimeUnit.MILLISECONDS);
        if (next instanceof Exception failure) {
            throw failure;
        }
        if (next instanceof String reply) {
            return reply;
        }
        throw new IOException("no reply, but " + next);
    }

    public String expect(String code) throws Exception {
        String reply = reply();
        if (!reply.startsWith(code)) {
            throw new IOException("not " + code + " but " + reply);
        }
        return reply;
    }

    public String say(String command, String code) throws Exception {
        send(command);
        return expect(code);
    }

    public void send(String command) {
        control.writeAndFlush(Unpooled.copiedBuffer(command + "\r\n", StandardCharsets.UTF_8));
    }

    /** Protects the control connection. */
    public PipelineClient protect() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        onLoop(() -> session.protectControl(control.pipeline()).addListener(ready -> {
            if (ready.isSuccess()) {
                done.complete(null);
            } else {
                done.completeExceptionally(ready.cause());
            }
        }));
        await(done);
        return this;
    }

    /** AUTH TLS, and all that is before files. */
    public PipelineClient logIn() throws Exception {
        return logIn(TlsFixture.USER, TlsFixture.PASSWORD);
    }

    public PipelineClient logIn(String user, String password) throws Exception {
        expect("220");
        say("AUTH TLS", "234");
        protect();
        say("USER " + user, "");
        say("PASS " + password, "230");
        say("PBSZ 0", "200");
        say("PROT P", "200");
        say("TYPE I", "200");
        return this;
    }

    /** CCC. */
    public void clear() throws Exception {
        say("CCC", "200");
        CompletableFuture<Void> done = new CompletableFuture<>();
        onLoop(() -> session.clearControl(control.pipeline()).addListener(ready -> {
            if (ready.isSuccess()) {
                done.complete(null);
            } else {
                done.completeExceptionally(ready.cause());
            }
        }));
        await(done);
    }

    private static <T> T await(CompletableFuture<T> done) throws Exception {
        try {
            return done.get(Patience.MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Whether the last data connection has resumed the control connection's session. */
    public boolean isDataResumed() throws Exception {
        return onLoop(() -> session.isDataResumed().orElseThrow());
    }

    /** The version of TLS. */
    public String protocol() throws Exception {
        return onLoop(() -> session.encryption().orElseThrow().protocol());
    }

    public List<X509Certificate> serverCertificates() throws Exception {
        return onLoop(session::serverCertificates);
    }

    /** A data connection: what has come, or what has gone wrong. */
    private static final class Data extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> ended = new CompletableFuture<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
            ByteBuf octets = (ByteBuf) message;
            try {
                octets.readBytes(received, octets.readableBytes());
            } finally {
                octets.release();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                ended.complete(received.toByteArray());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended.complete(received.toByteArray());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ended.completeExceptionally(cause);
        }
    }

    private Channel connectData(Data data, boolean incoming) throws Exception {
        Matcher port = PORT.matcher(say("EPSV", "229"));
        if (!port.find()) {
            throw new IOException("no port");
        }
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        session.protectData(channel.pipeline(), incoming);
                        channel.pipeline().addLast(data);
                    }
                })
                .connect(host, Integer.parseInt(port.group(1)))
                .sync()
                .channel();
    }

    /** RETR or a listing, up to its end, and the reply behind it, for which some servers wait until we have ended as well. */
    public byte[] download(String command) throws Exception {
        Data data = new Data();
        Channel channel = connectData(data, true);
        byte[] got;
        try {
            say(command, "150");
            got = await(data.ended);
        } finally {
            channel.close().sync();
        }
        expect("226");
        return got;
    }

    /** STOR; reads while it sends, and behind its end up to the server's. */
    public void upload(String command, byte[] content) throws Exception {
        Data data = new Data();
        SocketChannel channel = (SocketChannel) connectData(data, false);
        try {
            say(command, "150");
            channel.writeAndFlush(Unpooled.wrappedBuffer(content)).sync();
            CompletableFuture<Void> finished = new CompletableFuture<>();
            onLoop(() -> channel.pipeline()
                    .get(DataProtectionHandler.class)
                    .finish()
                    .addListener(done -> {
                        channel.shutdownOutput();
                        finished.complete(null);
                    }));
            await(finished);
            await(data.ended);
            expect("226");
        } finally {
            channel.close().sync();
        }
    }

    @Override
    public void close() {
        control.close().awaitUninterruptibly();
        loop.submit(() -> {
                    session.close();
                    security.close();
                })
                .awaitUninterruptibly();
        loop.shutdownGracefully(0, Patience.MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        workers.shutdown();
    }
}
