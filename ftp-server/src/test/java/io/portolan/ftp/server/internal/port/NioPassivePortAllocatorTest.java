package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

class NioPassivePortAllocatorTest extends PassivePortAllocatorTest {

    @Override
    IoHandlerFactory ioHandlers() {
        return NioIoHandler.newFactory();
    }

    @Override
    ChannelFactory<ServerChannel> channels() {
        return NioServerSocketChannel::new;
    }
}
