package io.portolan.core.internal.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The smallest server there is. */
public final class EchoServer {

    private EchoServer() {}

    /** Binds a free port of the loopback interface and returns it. */
    public static int bind(TransportRuntime runtime) {
        return runtime.onHouse(() -> {
                    Channel channel = new ServerBootstrap()
                            .group(runtime.acceptors(), runtime.loops())
                            .channelFactory(runtime.serverChannels())
                            .childHandler(new ChannelInitializer<Channel>() {
                                @Override
                                protected void initChannel(Channel child) {
                                    child.pipeline().addLast(echo());
                                }
                            })
                            .bind(InetAddress.getLoopbackAddress(), 0)
                            .syncUninterruptibly()
                            .channel();
                    return ((InetSocketAddress) channel.localAddress()).getPort();
                })
                .join();
    }

    private static ChannelHandler echo() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.writeAndFlush(message);
            }
        };
    }

    /** Sends a word and returns what comes back. */
    public static String ask(int port, String word) throws IOException {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readNBytes(bytes.length), StandardCharsets.UTF_8);
        }
    }
}
