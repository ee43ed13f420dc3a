package io.portolan.sftp.client.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.testing.TestServer;
import io.portolan.sftp.client.testing.TestThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That workers who want a session at a time wait for one attempt to open it, and not one after the other. */
@Timeout(60)
final class SharedSessionsTest {

    private final TestThreads threads = new TestThreads();
    private final TestServer server =
            TestServer.serving(threads, ProtocolSettings.DEFAULT, InMemoryFileSystem.create());
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<Thread> workers = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (Thread worker : workers) {
            worker.join();
        }
        server.close();
        threads.close();
    }

    private FutureTask<SharedSessions.Shared> taking(SharedSessions sessions) {
        FutureTask<SharedSessions.Shared> task = new FutureTask<>(sessions::take);
        Thread worker = new Thread(task, "worker");
        workers.add(worker);
        worker.start();
        await().until(() -> worker.getState() == Thread.State.WAITING);
        return task;
    }

    private ClientSession opened(boolean good) throws IOException {
        attempts.incrementAndGet();
        try {
            answer.await();
            if (good) {
                return server.session();
            }
        } catch (Exception e) {
            throw new IOException(e);
        }
        throw new IOException("nobody answers");
    }

    @Test
    void allGetTheOneThatIsOpenedAndTheLastClosesIt() throws Exception {
        SharedSessions sessions = new SharedSessions(() -> opened(true));
        List<FutureTask<SharedSessions.Shared>> all = List.of(taking(sessions), taking(sessions), taking(sessions));
        answer.countDown();
        SharedSessions.Shared shared = all.get(0).get();
        for (FutureTask<SharedSessions.Shared> one : all) {
            assertThat(one.get()).isSameAs(shared);
        }
        assertThat(attempts).hasValue(1);
        shared.release();
        shared.release();
        assertThat(shared.session().ended()).isNotDone();
        shared.release();
        await().until(() -> shared.session().ended().isDone());
    }

    @Test
    void aFailureIsThatOfAllWhoWaitAndTheNextTriesAgain() {
        SharedSessions sessions = new SharedSessions(() -> opened(false));
        List<FutureTask<SharedSessions.Shared>> all = List.of(taking(sessions), taking(sessions), taking(sessions));
        answer.countDown();
        for (FutureTask<SharedSessions.Shared> one : all) {
            assertThat(catchThrowable(one::get)).hasRootCauseMessage("nobody answers");
        }
        assertThat(attempts).hasValue(1);
        assertThat(catchThrowable(sessions::take)).hasMessage("nobody answers");
        assertThat(attempts).hasValue(2);
    }
}
