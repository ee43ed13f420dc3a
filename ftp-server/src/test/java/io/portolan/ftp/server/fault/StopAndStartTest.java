package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.testing.FreePorts;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A server that stops under load, and comes again. */
class StopAndStartTest {

    private static final int BIG = 32 << 20;

    @Test
    void comesAgainOnTheSamePortAtOnce() throws Exception {
        InMemoryFileSystem files = InMemoryFileSystem.create();
        int port = FreePorts.inARow(1);
        for (int i = 0; i < 10; i++) {
            try (ServerFixture server = ServerFixture.serving(files, settings -> settings.port(port))) {
                FtpTestClient client = server.login();
                client.upload("STOR file", "round " + i);
                assertThat(client.download("RETR file")).asString().isEqualTo("round " + i);
            }
        }
    }

    @Test
    void letsTransfersEndAndNobodyElseIn() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/big", new byte[BIG]);
            InetSocketAddress address = server.address();
            FtpTestClient idle = server.login();
            FtpTestClient down = server.login();
            FtpTestClient up = server.login();
            try (TestData download = down.extendedPassive();
                    TestData upload = up.extendedPassive()) {
                down.expect(150, "RETR big");
                assertThat(download.read(1)).hasSize(1);
                up.expect(150, "STOR new");
                upload.write(new byte[1000]);

                CompletableFuture<Void> stopped = server.server().stop(Patience.LONG_ENOUGH);
                idle.expect(421);
                idle.expectClosed();
                assertThatThrownBy(() -> FtpTestClient.connect(address).expect(220))
                        .isInstanceOf(IOException.class);
                assertThat(stopped).isNotDone();

                assertThat(download.readAll()).hasSize(BIG - 1);
                down.expect(226);
                upload.write(new byte[1000]);
                upload.end();
                up.expect(226);
                assertThat(stopped).succeedsWithin(Patience.LONG_ENOUGH);
            }
            assertThat(server.read("/new")).hasSize(2000);
        }
    }

    @Test
    void answersDuringTheLastTransferAndSaysWhyItGoes() throws Exception {
        List<String> reasons = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void disconnected(SessionInfo session, String reason) {
                reasons.add(reason);
            }
        };
        try (ServerFixture server = ServerFixture.inMemory(settings -> settings.listener(listener))) {
            FtpTestClient idle = server.login();
            FtpTestClient up = server.login();
            try (TestData upload = up.extendedPassive()) {
                up.expect(150, "STOR new");
                upload.write(new byte[1000]);

                CompletableFuture<Void> stopped = server.server().stop(Patience.LONG_ENOUGH);
                idle.expect(421);
                up.expect(200, "NOOP");
                assertThat(up.expect(211, "STAT").all()).contains("STOR /new");
                upload.end();
                up.expect(226);
                up.expect(421);
                up.expectClosed();
                assertThat(stopped).succeedsWithin(Patience.LONG_ENOUGH);
            }
            assertThat(reasons).containsExactly("the server is stopping", "the server is stopping");
        }
    }

    @Test
    void abortsTransfersWhenTheirTimeIsOver() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/big", new byte[BIG]);
            server.write("/file", "old");
            FtpTestClient down = server.login();
            FtpTestClient up = server.login();
            try (TestData download = down.extendedPassive();
                    TestData upload = up.extendedPassive()) {
                down.expect(150, "RETR big");
                assertThat(download.read(1)).hasSize(1);
                up.expect(150, "STOR file");
                upload.write(new byte[1000]);
                await("both transfers").until(() -> server.server().sessions().size() == 2);

                assertThat(server.server().stop(Duration.ZERO)).succeedsWithin(Patience.LONG_ENOUGH);
                up.expect(426);
                up.expect(421);
                up.expectClosed();
            }
            assertThat(server.text("/file")).isEqualTo("old");
        }
    }
}
