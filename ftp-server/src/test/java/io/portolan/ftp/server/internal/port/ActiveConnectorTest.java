package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import io.portolan.testing.FreePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

class ActiveConnectorTest {

    @Nested
    class OnNio extends Cases {
        OnNio() {
            super(NioIoHandler.newFactory(), NioSocketChannel::new);
        }
    }

    @Nested
    @EnabledIf("available")
    class OnEpoll extends Cases {
        OnEpoll() {
            super(EpollIoHandler.newFactory(), EpollSocketChannel::new);
        }

        static boolean available() {
            return Epoll.isAvailable();
        }
    }

    abstract static class Cases {

        private final IoHandlerFactory ioHandlers;
        private final ChannelFactory<Channel> channels;
        private final InetAddress local = InetAddress.getLoopbackAddress();
        private EventLoopGroup loops;
        private EventLoop loop;

        Cases(IoHandlerFactory ioHandlers, ChannelFactory<Channel> channels) {
            this.ioHandlers = ioHandlers;
            this.channels = channels;
        }

        @BeforeEach
        void startLoop() {
            loops = new MultiThreadIoEventLoopGroup(1, ioHandlers);
            loop = loops.next();
        }

        @AfterEach
        void stopLoop() throws Exception {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }

        @Test
        void severalConnectionsLeaveFromOnePortAtTheSameTime() throws Exception {
            int dataPort = FreePorts.inARow(1);
            ActiveConnector connector = connector(dataPort, ActiveConnector.DEFAULT_CONNECT_TIMEOUT);
            List<ServerSocket> clients = new ArrayList<>();
            List<Channel> connections = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                clients.add(new ServerSocket(0, 1, local));
                connections.add(get(connect(connector, clients.get(i).getLocalPort())));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(connections.get(i).isActive()).isTrue();
                assertThat(connections.get(i).eventLoop()).isSameAs(loop);
                assertThat(connections.get(i).config().isAutoRead()).isFalse();
                try (Socket seen = clients.get(i).accept()) {
                    assertThat(seen.getPort()).isEqualTo(dataPort);
                    assertThat(seen.getInetAddress()).isEqualTo(local);
                }
                clients.get(i).close();
            }
        }

        @Test
        void aClientThatDoesNotListenIsNamedInTheFailure() throws Exception {
            int nobody = FreePorts.inARow(1);

            Future<Channel> refused = connect(connector(0, ActiveConnector.DEFAULT_CONNECT_TIMEOUT), nobody)
                    .await();

            assertThat(refused.cause())
                    .isInstanceOf(ActiveConnectException.class)
                    .hasMessageContaining(Integer.toString(nobody));
            assertThat(((ActiveConnectException) refused.cause()).replyText())
                    .isEqualTo("cannot connect to your address");
        }

        @Test
        void aPortOnWhichAnotherProgramListensIsNamedInTheFailure() throws Exception {
            try (ServerSocket other = new ServerSocket(0, 1, local);
                    ServerSocket client = new ServerSocket(0, 1, local)) {
                ActiveConnector connector = connector(other.getLocalPort(), ActiveConnector.DEFAULT_CONNECT_TIMEOUT);

                Future<Channel> failed =
                        connect(connector, client.getLocalPort()).await();

                assertThat(failed.cause())
                        .isInstanceOf(ActiveConnectException.class)
                        .hasMessageContaining("port " + other.getLocalPort())
                        .hasMessageContaining("20 is the standard");
            }
        }

        @Test
        void aClientThatDoesNotAnswerIsGivenUp() throws Exception {
            // A full backlog of one: further connections get no answer.
            try (ServerSocket client = new ServerSocket(0, 1, local)) {
                ActiveConnector connector = connector(0, Duration.ofMillis(100));
                Future<Channel> last = connect(connector, client.getLocalPort()).await();
                for (int i = 0; i < 5 && last.isSuccess(); i++) {
                    last = connect(connector, client.getLocalPort()).await();
                }
                Assumptions.assumeFalse(last.isSuccess(), "this system's backlog is longer");

                assertThat(last.cause()).hasMessageContaining("did not answer within 100 ms");
            }
        }

        @Test
        void aCancelledAttemptLeavesNoConnection() throws Exception {
            try (ServerSocket client = new ServerSocket(0, 1, local)) {
                Future<Channel> attempt = loop.submit(() -> {
                            Future<Channel> started =
                                    connect(connector(0, Duration.ofSeconds(30)), client.getLocalPort());
                            started.cancel(false);
                            return started;
                        })
                        .get();

                assertThatThrownBy(attempt::get).isInstanceOf(CancellationException.class);
                // What the kernel may have connected before is closed; it was in the one place of the backlog.
                Future<Channel> next = connect(connector(0, Duration.ofSeconds(30)), client.getLocalPort());
                assertThat(get(next).isActive()).isTrue();
            }
        }

        private ActiveConnector connector(int port, Duration timeout) {
            return new ActiveConnector(channels, port, timeout);
        }

        private Future<Channel> connect(ActiveConnector connector, int port) {
            return connector.connect(
                    local, new InetSocketAddress(local, port), loop, new ChannelInboundHandlerAdapter());
        }

        private static <T> T get(Future<T> future) throws Exception {
            return future.get(60, TimeUnit.SECONDS);
        }
    }
}
