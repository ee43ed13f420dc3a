package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.portolan.ftp.server.PassivePorts;
import java.net.InetAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long somebody may be silent on a port that is shared. */
class GuestTest {

    @Test
    void whoTellsNothingForAMinuteIsClosed() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        PassivePorts ports = PassivePorts.range(60_000, 60_000);
        PortPool pool = new PortPool(
                InetAddress.getLoopbackAddress(),
                ports,
                new PortHome(
                        channel.eventLoop(),
                        NioServerSocketChannel::new,
                        System::nanoTime,
                        new Random(3),
                        new PortCounters()));
        Guest guest = new Guest(new Lobby(pool, new PortGroup(pool)), channel);
        channel.pipeline().addLast(guest);
        guest.begin();

        channel.advanceTimeBy(Lobby.MAX_STAY_MILLIS - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
    }
}
