package io.portolan.sftp.client.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.retry.Retry;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpSession;
import io.portolan.sftp.client.testing.ServerFixture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** One session for whoever needs it, and its end. */
final class CurrentSessionTest {

    /** Does something once, when somebody has it. */
    private static final class HookedLock extends ReentrantLock {
        private static final long serialVersionUID = 1L;
        private final transient AtomicReference<Runnable> hook = new AtomicReference<>();

        @Override
        public void lockInterruptibly() throws InterruptedException {
            super.lockInterruptibly();
            Runnable once = hook.getAndSet(null);
            if (once != null) {
                CompletableFuture.runAsync(once).join();
            }
        }
    }

    @Test
    void whatIsClosedWhileSomebodyTakesItIsNotLeftOpen() throws Exception {
        try (ServerFixture server = ServerFixture.start();
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            HookedLock lock = new HookedLock();
            CurrentSession current = new CurrentSession(() -> session, lock);
            current.take().giveBack().run();
            assertThat(session.isOpen()).isTrue();
            lock.hook.set(current::close);
            assertThatThrownBy(current::take).isInstanceOf(SftpConnectionException.class);
            Awaitility.await().until(() -> !session.isOpen());
        }
    }

    @Test
    void whoeverHasItKeepsItUntilItIsGivenBack() throws Exception {
        try (ServerFixture server = ServerFixture.start();
                SftpClient client = server.client().build();
                SftpSession session = client.connectBlocking().async()) {
            CurrentSession current = new CurrentSession(() -> session);
            Retry.Held<SftpSession> held = current.take();
            current.close();
            assertThatThrownBy(current::take).isInstanceOf(SftpConnectionException.class);
            assertThat(session.isOpen()).isTrue();
            held.giveBack().run();
            Awaitility.await().until(() -> !session.isOpen());
        }
    }
}
