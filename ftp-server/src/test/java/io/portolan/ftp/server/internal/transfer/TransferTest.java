package io.portolan.ftp.server.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.FtpTimeouts;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A transfer's end, whatever its owner does, with a lane and a loop that run when the test says so. */
class TransferTest {

    private final RuntimeException broken = new IllegalStateException("broken");

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private boolean refusing;
    private final WorkerLane lane = new WorkerLane(
            task -> {
                if (refusing) {
                    throw new OutOfMemoryError("unable to create a thread");
                }
                workers.add(task);
            },
            2);
    private final EmbeddedChannel data = new EmbeddedChannel();
    private final List<String> seen = new ArrayList<>();
    private final List<TransferOutcome> outcomes = new ArrayList<>();
    private boolean failsWhenOpened;
    private boolean failsToPrepare;
    private boolean failsToConnect;

    private final Transfer.Owner owner = new Transfer.Owner() {
        @Override
        public void opened(Content content) {
            if (failsWhenOpened) {
                throw broken;
            }
        }

        @Override
        public boolean prepare(Channel channel, Content content) {
            if (failsToPrepare) {
                throw broken;
            }
            return true;
        }

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public boolean allowsZeroCopy() {
            return true;
        }

        @Override
        public boolean wantsCommit() {
            return true;
        }

        @Override
        public void ended(TransferOutcome outcome) {
            outcomes.add(outcome);
        }
    };

    private final DataConnector connector = new DataConnector() {
        @Override
        public Future<Channel> open() {
            if (failsToConnect) {
                throw broken;
            }
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(data);
        }

        @Override
        public void close() {
            seen.add("port given back");
        }
    };

    private final ReadableFile file = new ReadableFile() {
        @Override
        public int read(ByteBuffer target) {
            return -1;
        }

        @Override
        public void close() {
            seen.add("file closed");
        }
    };

    private void start() {
        new Transfer(
                        data.eventLoop(),
                        lane,
                        () -> new Content.Outgoing(file, VirtualPath.of("/file"), 0, true, "here it comes"),
                        connector,
                        FtpTimeouts.DEFAULT,
                        Throttle.NONE,
                        owner)
                .start();
    }

    private void run() {
        data.runPendingTasks();
        Runnable next;
        while ((next = workers.poll()) != null) {
            next.run();
            data.runPendingTasks();
        }
    }

    @AfterEach
    void nothingIsLeaked() {
        run();
        data.finishAndReleaseAll();
    }

    private void assertEndedByTheFailure() {
        assertThat(outcomes).containsExactly(new TransferOutcome.FileFailed(broken, true));
        assertThat(seen).containsExactlyInAnyOrder("port given back", "file closed");
    }

    @Test
    void whatTheSessionThrowsAtTheOpeningEndsTheTransfer() {
        failsWhenOpened = true;
        start();
        run();
        assertEndedByTheFailure();
    }

    @Test
    void whatTheConnectorThrowsEndsTheTransfer() {
        failsToConnect = true;
        start();
        run();
        assertEndedByTheFailure();
    }

    @Test
    void whatIsThrownWhileTheDataConnectionIsPreparedEndsTheTransferAndTheConnection() {
        failsToPrepare = true;
        start();
        run();
        assertEndedByTheFailure();
        assertThat(data.isOpen()).isFalse();
    }

    @Test
    void theFileIsClosedThoughTheLaneIsFull() {
        failsWhenOpened = true;
        start();
        workers.remove().run();
        lane.execute(() -> seen.add("busy"));
        lane.execute(() -> seen.add("busy"));
        run();
        assertThat(seen).containsExactly("port given back", "busy", "busy", "file closed");
    }

    @Test
    void theFileIsClosedThoughNoThreadCanBeHad() {
        failsWhenOpened = true;
        start();
        workers.remove().run();
        refusing = true;
        run();
        assertEndedByTheFailure();
    }
}
