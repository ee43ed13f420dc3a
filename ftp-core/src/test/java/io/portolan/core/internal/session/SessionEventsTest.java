package io.portolan.core.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.VirtualPath;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import io.portolan.testing.FakeSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SessionEventsTest {

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final WorkerLane lane = new WorkerLane(executor::add);
    private final List<String> told = new ArrayList<>();
    private final FakeSession session = new FakeSession("a1");

    private final SessionListener recorder = new SessionListener() {
        @Override
        public void connected(SessionInfo who) {
            told.add("connected");
        }

        @Override
        public void loggedIn(SessionInfo who) {
            told.add("logged in");
        }

        @Override
        public void loginFailed(SessionInfo who, String user, String reason) {
            told.add("login failed " + user + " " + reason);
        }

        @Override
        public void transferStarted(SessionInfo who, TransferInfo transfer) {
            told.add("started");
        }

        @Override
        public void transferProgressed(SessionInfo who, TransferInfo transfer) {
            told.add("progressed " + transfer.bytes());
        }

        @Override
        public void transferCompleted(SessionInfo who, TransferInfo transfer) {
            told.add("completed");
        }

        @Override
        public void transferAborted(SessionInfo who, TransferInfo transfer, Throwable cause) {
            told.add("aborted " + cause.getMessage());
        }

        @Override
        public void deleted(SessionInfo who, VirtualPath path) {
            told.add("deleted " + path);
        }

        @Override
        public void renamed(SessionInfo who, VirtualPath from, VirtualPath to) {
            told.add("renamed " + from + " " + to);
        }

        @Override
        public void directoryCreated(SessionInfo who, VirtualPath path) {
            told.add("made " + path);
        }

        @Override
        public void disconnected(SessionInfo who, String reason) {
            told.add("disconnected " + reason);
        }
    };

    private void runAll() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    private static TransferInfo transfer(long bytes) {
        return new TransferInfo(
                TransferInfo.Direction.UPLOAD, VirtualPath.root(), 0, bytes, Instant.EPOCH, Duration.ZERO, false);
    }

    @Test
    void listenersAreToldEverythingInOrderAndOnTheLane() {
        SessionEvents events = new SessionEvents(List.of(recorder), session, lane);
        VirtualPath path = VirtualPath.root().child("a");
        events.connected();
        events.loginFailed("ann", "wrong password");
        events.loggedIn();
        events.transferStarted(transfer(0));
        events.transferProgressed(transfer(1));
        events.transferCompleted(transfer(2));
        events.transferAborted(transfer(2), new IOException("reset"));
        events.deleted(path);
        events.renamed(path, VirtualPath.root());
        events.directoryCreated(path);
        assertThat(told).isEmpty();
        lane.close(() -> events.disconnectedNow("quit"));
        runAll();

        assertThat(told)
                .containsExactly(
                        "connected",
                        "login failed ann wrong password",
                        "logged in",
                        "started",
                        "progressed 1",
                        "completed",
                        "aborted reset",
                        "deleted /a",
                        "renamed /a /",
                        "made /a",
                        "disconnected quit");
    }

    @Test
    void aListenerThatThrowsKeepsNothingFromTheOthers() {
        SessionListener broken = new SessionListener() {
            @Override
            public void connected(SessionInfo who) {
                throw new IllegalStateException("broken");
            }
        };
        SessionEvents events = new SessionEvents(List.of(broken, recorder), session, lane);
        events.connected();
        runAll();

        assertThat(told).containsExactly("connected");
    }

    @Test
    void withoutListenersNothingIsQueued() {
        SessionEvents events = new SessionEvents(List.of(), session, lane);
        events.connected();
        events.transferProgressed(transfer(1));

        assertThat(executor).isEmpty();
        assertThat(lane.pending()).isZero();
    }

    @Test
    void progressDoesNotPileUpBehindASlowListener() {
        SessionEvents events = new SessionEvents(List.of(recorder), session, lane);
        events.transferProgressed(transfer(1));
        events.transferProgressed(transfer(2));
        runAll();
        events.transferProgressed(transfer(3));
        runAll();

        assertThat(told).containsExactly("progressed 1", "progressed 3");
    }

    @Test
    void whatHappensAfterTheEndOfTheLaneIsNotToldAndHarmsNobody() {
        SessionEvents events = new SessionEvents(List.of(recorder), session, lane);
        lane.close(() -> {});
        events.connected();
        events.transferProgressed(transfer(1));
        runAll();

        assertThat(told).isEmpty();
    }
}
