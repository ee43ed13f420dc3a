package io.portolan.ftp.client.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A data connection of a {@link NastyServer}. Event loop only. */
public final class NastyData extends ChannelInboundHandlerAdapter {

    private final SocketChannel channel;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private @Nullable Consumer<byte[]> whenEnded;
    private @Nullable Runnable whenActive;
    private boolean ended;

    NastyData(SocketChannel channel) {
        this.channel = channel;
    }

    void whenActive(Runnable what) {
        whenActive = what;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (whenActive != null) {
            whenActive.run();
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        try {
            octets.readBytes(received, octets.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            octets.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            endOfInput();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endOfInput();
    }

    private void endOfInput() {
        if (!ended) {
            ended = true;
            tellEnd();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void tellEnd() {
        Consumer<byte[]> what = whenEnded;
        if (ended && what != null) {
            whenEnded = null;
            what.accept(received.toByteArray());
        }
    }

    /** The handlers of this connection. */
    public ChannelPipeline pipeline() {
        return channel.pipeline();
    }

    /** How much has come so far. */
    public int received() {
        return received.size();
    }

    /** Sends octets. */
    public NastyData send(byte[] octets) {
        channel.writeAndFlush(Unpooled.copiedBuffer(octets));
        return this;
    }

    public NastyData send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends something again and again, as long as the client takes it. */
    public void endlessly(byte[] octets) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(octets)).addListener(sent -> {
            if (sent.isSuccess()) {
                endlessly(octets);
            }
        });
    }

    /** Does something when all that was sent has left. */
    public NastyData then(Runnable what) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> what.run());
        return this;
    }

    /** Ends the connection in order, when all that was sent has left. */
    public NastyData end() {
        ChannelFuture last = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        last.addListener(ChannelFutureListener.CLOSE);
        return this;
    }

    /** Ends the connection by a reset, when all that was sent has left. */
    public NastyData reset() {
        return then(() -> {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            // past whatever would tell an orderly end
            channel.unsafe().close(channel.voidPromise());
        });
    }

    /** Ends the connection so that those behind TLS are not told. */
    public NastyData cut() {
        return then(() -> channel.unsafe().close(channel.voidPromise()));
    }

    /** Does something with all that came, when the client has ended its side. */
    public NastyData whenEnded(Consumer<byte[]> what) {
        whenEnded = what;
        tellEnd();
        return this;
    }

    /** Takes nothing any more. */
    public NastyData stopReading() {
        channel.config().setAutoRead(false);
        return this;
    }
}
