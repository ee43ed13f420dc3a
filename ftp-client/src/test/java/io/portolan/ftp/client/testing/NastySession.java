package io.portolan.ftp.client.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A control connection of a {@link NastyServer}. Event loop only, but for {@link #isOpen}. */
public final class NastySession extends ChannelInboundHandlerAdapter {

    private static final String EOL = "\r\n";

    private final NastyServer server;
    private final SocketChannel channel;
    private final StringBuilder line = new StringBuilder();
    private @Nullable Channel dataListener;
    private @Nullable Promise<NastyData> data;
    private @Nullable SocketAddress activeTarget;
    private @Nullable Consumer<ChannelPipeline> dataProtection;
    private long restartAt;
    private @Nullable String renameFrom;

    NastySession(NastyServer server, SocketChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        server.greet(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        String text = octets.toString(StandardCharsets.UTF_8);
        octets.release();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\n') {
                String command = line.toString().stripTrailing();
                line.setLength(0);
                server.obey(this, command);
            } else {
                line.append(next);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        forgetData();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // whoever tests bad servers resets connections
        ctx.close();
    }

    public NastyServer server() {
        return server;
    }

    /** The control connection's handlers, for whoever protects it. */
    public ChannelPipeline pipeline() {
        return channel.pipeline();
    }

    /** From any thread. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Sends lines, with their ends. */
    public NastySession reply(String... lines) {
        return raw(String.join(EOL, lines) + EOL);
    }

    /** Sends just this. */
    public NastySession raw(String text) {
        channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends something again and again, as long as the client takes it. */
    public void endlessly(String text) {
        channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1))
                .addListener(sent -> {
                    if (sent.isSuccess()) {
                        endlessly(text);
                    }
                });
    }

    /** Does something later. */
    public NastySession after(Duration delay, Runnable what) {
        channel.eventLoop().schedule(what, delay.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** Ends the control connection in order. */
    public void close() {
        channel.close();
    }

    /** Ends the control connection by a reset. */
    public void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** Opens a port for a data connection, and tells it. */
    public int passive() {
        forgetData();
        Promise<NastyData> next = channel.eventLoop().newPromise();
        data = next;
        Channel opened = server.listen(channel.localAddress().getAddress(), new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel accepted) {
                next.trySuccess(prepare(accepted));
            }
        });
        dataListener = opened;
        return ((InetSocketAddress) opened.localAddress()).getPort();
    }

    /** A port that nobody listens on: it is bound as long as this session lives, so that nobody else gets it meanwhile. */
    public int closedPort() {
        forgetData();
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel.closeFuture().addListener(ended -> socket.close());
        return socket.getLocalPort();
    }

    /** Remembers where the client wants a data connection to be made to. */
    public void active(SocketAddress there) {
        forgetData();
        Promise<NastyData> next = channel.eventLoop().newPromise();
        data = next;
        activeTarget = there;
    }

    /** Where the client wants the data connection, which is not made there by itself any more. */
    public SocketAddress takeActiveTarget() {
        SocketAddress target = Objects.requireNonNull(activeTarget, "no PORT");
        activeTarget = null;
        return target;
    }

    /** Makes the data connection to where the client wants it, or elsewhere, or from elsewhere. */
    public void connectData(SocketAddress there, @Nullable InetAddress from) {
        Promise<NastyData> next = Objects.requireNonNull(data, "no PORT");
        Bootstrap bootstrap = new Bootstrap()
                .group(channel.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .disableResolver()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connecting) {
                        NastyData prepared = prepare(connecting);
                        prepared.whenActive(() -> next.trySuccess(prepared));
                    }
                });
        if (from != null) {
            bootstrap.localAddress(from, 0);
        }
        bootstrap.connect(there).addListener(done -> {
            if (!done.isSuccess()) {
                next.tryFailure(done.cause());
            }
        });
    }

    private NastyData prepare(SocketChannel connection) {
        NastyData prepared = new NastyData(connection);
        if (dataProtection != null) {
            dataProtection.accept(connection.pipeline());
        }
        connection.pipeline().addLast(prepared);
        return prepared;
    }

    /** Protects data connections from now on. */
    public void protectData(@Nullable Consumer<ChannelPipeline> handlers) {
        dataProtection = handlers;
    }

    /** Does something with the data connection when there is one. */
    public NastySession withData(Consumer<NastyData> what) {
        Promise<NastyData> awaited = Objects.requireNonNull(data, "no data connection was asked for");
        SocketAddress target = activeTarget;
        activeTarget = null;
        if (target != null) {
            connectData(target, null);
        }
        awaited.addListener(there -> {
            if (there.isSuccess()) {
                what.accept(awaited.getNow());
            } else {
                reply("425 No data connection.");
            }
        });
        return this;
    }

    /** Whether the client has asked for a data connection. */
    public boolean expectsData() {
        return data != null;
    }

    /** Closes the port of a data connection; the connection, if there is one, stays. */
    public void forgetData() {
        data = null;
        activeTarget = null;
        if (dataListener != null) {
            dataListener.close();
            dataListener = null;
        }
    }

    /** Where the client wants the next transfer to begin. */
    public long takeRestart() {
        long at = restartAt;
        restartAt = 0;
        return at;
    }

    /** The next transfer is to begin there. */
    public void restartAt(long offset) {
        restartAt = offset;
    }

    /** What the client wants to rename. */
    public @Nullable String takeRenameFrom() {
        String from = renameFrom;
        renameFrom = null;
        return from;
    }

    void renameFrom(String path) {
        renameFrom = path;
    }

    /** As the client names it, below the root. */
    public static String path(String name) {
        return name.startsWith("/") ? name : "/" + name;
    }

    byte[] listing() {
        List<String> lines = server.listing();
        return lines.isEmpty() ? new byte[0] : (String.join(EOL, lines) + EOL).getBytes(StandardCharsets.UTF_8);
    }
}
