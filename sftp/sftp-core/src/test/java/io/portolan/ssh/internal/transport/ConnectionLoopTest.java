package io.portolan.ssh.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tasks and timers throw comes to the handlers of their connection. */
class ConnectionLoopTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Throwable> caught = new ArrayList<>();
    private final EventExecutor loop = new ConnectionLoop(channel);

    @BeforeEach
    void aHandlerIsThere() {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                caught.add(cause);
            }
        });
    }

    @AfterEach
    void theChannelGoes() {
        channel.finishAndReleaseAll();
    }

    private static void fail() {
        throw new IllegalStateException("made for this test");
    }

    @Test
    void itIsTheEventLoop() {
        assertThat(loop.inEventLoop()).isTrue();
        assertThat(loop.isShuttingDown()).isFalse();
    }

    @Test
    void whatATaskThrowsIsCaughtByThePipeline() {
        loop.execute(ConnectionLoopTest::fail);
        channel.runPendingTasks();

        assertThat(caught).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatATimerThrowsIsCaughtByThePipeline() {
        loop.schedule(ConnectionLoopTest::fail, 1, TimeUnit.SECONDS);
        loop.scheduleAtFixedRate(ConnectionLoopTest::fail, 1, 10, TimeUnit.SECONDS);
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();

        assertThat(caught).hasSize(2);
    }

    @Test
    void whatTheCompletionOfAWorkersCallThrowsIsCaughtByThePipeline() {
        new WorkerLane(Runnable::run).<Integer>call(() -> 1, loop, (value, failure) -> fail());
        channel.runPendingTasks();

        assertThat(caught).singleElement().isInstanceOf(IllegalStateException.class);
    }
}
