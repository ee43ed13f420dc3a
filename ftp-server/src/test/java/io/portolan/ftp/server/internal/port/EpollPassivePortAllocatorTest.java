package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("available")
class EpollPassivePortAllocatorTest extends PassivePortAllocatorTest {

    static boolean available() {
        return Epoll.isAvailable();
    }

    @Override
    IoHandlerFactory ioHandlers() {
        return EpollIoHandler.newFactory();
    }

    @Override
    ChannelFactory<ServerChannel> channels() {
        return EpollServerSocketChannel::new;
    }
}
