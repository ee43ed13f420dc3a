package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("available")
class IoUringPassivePortAllocatorTest extends PassivePortAllocatorTest {

    static boolean available() {
        return IoUring.isAvailable();
    }

    @Override
    IoHandlerFactory ioHandlers() {
        return IoUringIoHandler.newFactory();
    }

    @Override
    ChannelFactory<ServerChannel> channels() {
        return IoUringServerSocketChannel::new;
    }
}
