package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.PublicAddress;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportOptions;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event loops of the application's own, which end when that likes and do other things as well. */
class LentLoopsTest {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

    @AfterEach
    void endLoops() {
        assertThat(loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(Patience.MILLIS))
                .isTrue();
    }

    private ServerFixture server() {
        return ServerFixture.inMemory(builder ->
                builder.transport(TransportOptions.builder().lend(loops, loops).build()));
    }

    @Test
    void aServerWhoseLoopsHaveEndedCanStillBeClosed() throws Exception {
        try (ServerFixture server = server()) {
            server.login();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> server.server().close());

            assertThat(closed).succeedsWithin(Patience.LONG_ENOUGH);
            assertThat(server.server().stop(Duration.ZERO)).isCompleted();
        }
    }

    @Test
    void aServerIsStoppedWhileItsLoopsEnd() throws Exception {
        try (ServerFixture server = server()) {
            server.login();
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS);
            assertThat(server.server().stop(Patience.LONG_ENOUGH.multipliedBy(10)))
                    .succeedsWithin(Patience.LONG_ENOUGH);
        }
    }

    @Test
    void closingOnALentLoopDoesNotBlockIt() throws Exception {
        try (ServerFixture server = server()) {
            server.login();

            assertThat(loops.next().submit(() -> server.server().close()).await(Patience.MILLIS))
                    .isTrue();

            assertThat(server.server().stop(Duration.ZERO)).succeedsWithin(Patience.LONG_ENOUGH);
        }
    }

    @Test
    void aServerThatDoesNotStartLeavesNothingOnThem() throws Exception {
        AtomicInteger refreshed = new AtomicInteger();
        PublicAddress address = new PublicAddress() {
            @Override
            public Optional<Inet4Address> announce(InetAddress reached, InetAddress client) {
                return Optional.empty();
            }

            @Override
            public void refresh() {
                refreshed.incrementAndGet();
            }

            @Override
            public Optional<Duration> refreshInterval() {
                return Optional.of(Duration.ofSeconds(1));
            }
        };
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> FtpServer.builder()
                            .port(taken.getLocalPort())
                            .publicAddress(address)
                            .files(InMemoryFileSystem.create())
                            .transport(TransportOptions.builder()
                                    .lend(loops, loops)
                                    .build())
                            .start())
                    .isInstanceOf(UncheckedIOException.class);
        }
        // once, or more often on a machine that took its time to start
        int before = refreshed.get();
        assertThat(before).isPositive();
        await().during(Duration.ofMillis(1_500)).until(() -> refreshed.get() == before);
    }
}
