package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.testing.FakeServer;
import io.portolan.sftp.client.testing.TestServer;
import io.portolan.sftp.internal.SftpMessageNumber;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A channel goes from one to the next. */
final class HandOverTest extends SessionCase {

    private static final Duration LONG = Duration.ofSeconds(30);

    private ClientSession serve(FakeServer peer) throws Exception {
        return session(TestServer.of(threads, new ProtocolSettings(3, LONG), peer))
                .session();
    }

    private static ClientSession next(ClientSession session) throws Exception {
        return session.handOver(LONG).get(30, TimeUnit.SECONDS);
    }

    @Test
    void nothingRemembersThoseWhoHadIt() throws Exception {
        ClientSession session = next(serve(new FakeServer(content(10))));
        int before = session.channelEnded().getNumberOfDependents();
        for (int i = 0; i < 100; i++) {
            session = next(session);
        }
        assertThat(session.channelEnded().getNumberOfDependents()).isEqualTo(before);
    }

    @Test
    void whatIsOpenIsClosedOnceAndBeforeTheNextOneHasIt() throws Exception {
        FakeServer peer = new FakeServer(content(10));
        ClientSession first = serve(peer);
        SftpSession session = new SftpSession(first, threads.workers());
        RemoteFile file = session.open("file", StandardOpenOption.READ).get(30, TimeUnit.SECONDS);
        ClientSession second = next(first);
        assertThat(peer.seen()).filteredOn(SftpMessageNumber.CLOSE::equals).hasSize(1);
        file.close();
        assertThat(file.size()).failsWithin(LONG);
        assertThat(peer.seen()).filteredOn(SftpMessageNumber.CLOSE::equals).hasSize(1);
        assertThat(second.ended()).isNotDone();
    }

    @Test
    void aChannelInWhichAnAnswerIsOwedIsNotHandedOver() throws Exception {
        FakeServer peer = new FakeServer(content(10)).silentOn(SftpMessageNumber.MKDIR);
        ClientSession first = serve(peer);
        var asked = new SftpSession(first, threads.workers()).createDirectory("d");
        await().until(() -> peer.seen().contains(SftpMessageNumber.MKDIR));
        assertThat(first.handOver(Duration.ofMillis(50)))
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("did not end");
        first.discard();
        assertThat(asked).failsWithin(LONG);
    }

    @Test
    void whoHasItHearsOfItsEnd() throws Exception {
        ClientSession first = serve(new FakeServer(content(10)));
        ClientSession second = next(first);
        assertThat(first.ended()).isCompleted();
        assertThat(second.ended()).isNotDone();
        server().breakOff();
        assertThat(second.ended()).succeedsWithin(LONG);
        assertThat(first.handOver(LONG)).failsWithin(LONG);
    }
}
