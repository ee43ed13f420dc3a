package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.client.internal.connect.ClientContext;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.transport.TransportOptions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are closed by several threads, and by threads of their own. */
@Timeout(60)
final class ClosedClientTest {

    private static ClientContext context() {
        return ClientContext.start(ServerFixture.client(1).check(), TransportOptions.defaults());
    }

    private static Thread closing(ClientContext client) {
        Thread thread = new Thread(client::close, "closing");
        thread.start();
        return thread;
    }

    @Test
    void whoeverClosesItSecondWaitsAsWell() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ClientContext client = context();
        client.beforeClose(() -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Thread first = closing(client);
        begun.await();
        Thread second = closing(client);
        await().until(() -> second.getState() == Thread.State.WAITING);
        goOn.countDown();
        first.join();
        second.join();
    }

    @Test
    void aThreadOfItsOwnDoesNotWaitForItself() throws Exception {
        ClientContext client = context();
        CountDownLatch closed = new CountDownLatch(1);
        client.nextLoop().execute(() -> {
            client.close();
            closed.countDown();
        });
        closed.await();
        // while it waits for somebody else's close
        ClientContext other = context();
        CountDownLatch both = new CountDownLatch(1);
        other.beforeClose(() -> {
            CountDownLatch there = new CountDownLatch(1);
            other.nextLoop().execute(() -> {
                other.close();
                there.countDown();
            });
            try {
                there.await();
                both.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.close();
        assertThat(both.getCount()).isZero();
        client.close();
    }
}
