package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.testing.FaultyFiles;
import io.portolan.testing.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file system that hangs: as a network share does whose server has gone. It does not listen to interrupts. */
class BlockingFileSystemTest {

    private final FaultyFiles faulty = new FaultyFiles(InMemoryFileSystem.create());
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private ServerFixture server;

    @BeforeEach
    void start() throws Exception {
        server = ServerFixture.serving(
                faulty.files(), settings -> settings.timeouts(ServerFixture.TIMEOUTS.withStall(ServerFixture.SOON)));
        server.directory("/dir");
        server.write("/file", "old");
        server.write("/big", new byte[8 << 20]);
    }

    @AfterEach
    void stop() throws Exception {
        released.countDown();
        if (!server.server().addresses().isEmpty()) {
            server.close();
        }
    }

    /** Only the first call hangs. */
    private void hang(String operation) {
        faulty.make(operation, () -> {
            if (entered.getCount() == 0) {
                return;
            }
            entered.countDown();
            boolean free = false;
            while (!free) {
                try {
                    released.await();
                    free = true;
                } catch (InterruptedException e) {
                    // what hangs in a system call does not hear of it either
                }
            }
        });
    }

    private void awaitHang() throws Exception {
        assertThat(entered.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void otherSessionsGoOn() throws Exception {
        hang("VirtualFileSystem.stat");
        FtpTestClient first = server.login();
        first.send("CWD dir");
        awaitHang();
        FtpTestClient second = server.login();
        second.upload("STOR other", "other");
        assertThat(second.download("RETR other")).asString().isEqualTo("other");
        released.countDown();
        first.expect(250);
    }

    @Test
    void anUploadWhoseFileHangsIsGivenUp() throws Exception {
        hang("WritableFile.write");
        FtpTestClient client = server.login();
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "STOR file");
            data.write(new byte[100]);
            awaitHang();
            client.expect(451);
        }
        assertThat(server.server().passivePortStatistics().leased()).isZero();
        client.expect(200, "NOOP");
        released.countDown();
        assertThat(client.download("RETR file")).asString().isEqualTo("old");
    }

    @Test
    void aDownloadWhoseFileHangsIsGivenUp() throws Exception {
        hang("ReadableFile.read");
        FtpTestClient client = server.login();
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "RETR big");
            awaitHang();
            client.expect(451);
            data.expectNothing();
        }
        released.countDown();
        assertThat(client.download("RETR big")).hasSize(8 << 20);
    }

    @Test
    void aTransferCanBeAbortedWhileItsFileIsBeingOpened() throws Exception {
        hang("VirtualFileSystem.openRead");
        FtpTestClient client = server.login();
        try (TestData data = client.extendedPassive()) {
            client.send("RETR file");
            awaitHang();
            client.expect(426, "ABOR");
            client.expect(226);
            data.expectNothing();
        }
        released.countDown();
        assertThat(client.download("RETR file")).asString().isEqualTo("old");
    }

    private ServerFixture impatient(UnaryOperator<FtpServerConfig.Builder> settings) {
        return ServerFixture.serving(
                faulty.files(),
                builder -> settings.apply(builder.timeouts(ServerFixture.TIMEOUTS.withFiles(ServerFixture.SOON))));
    }

    @Test
    void aCommandThatHangsIsGivenUpAndNoneBehindItIsDoneLater() throws Exception {
        List<VirtualPath> deleted = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void deleted(SessionInfo session, VirtualPath path) {
                deleted.add(path);
            }
        };
        try (ServerFixture impatient = impatient(builder -> builder.listener(listener))) {
            FtpTestClient client = impatient.login();
            hang("VirtualFileSystem.delete");
            client.send("DELE file");
            awaitHang();
            assertThat(client.expect(451).text()).endsWith("whether DELE was done is not known.");
            client.expect(200, "NOOP");
            assertThat(client.expect(451, "MKD made").text()).startsWith("MKD was not done");
            assertThat(deleted).isEmpty();

            released.countDown();
            client.expect(250, "CWD dir");
            assertThat(impatient.exists("/made")).isFalse();
            assertThat(impatient.exists("/file")).isFalse();
            await().untilAsserted(() -> assertThat(deleted).containsExactly(VirtualPath.of("/file")));
        }
    }

    @Test
    void aDirectoryThatWasGivenUpIsNotEnteredLater() throws Exception {
        try (ServerFixture impatient = impatient(builder -> builder)) {
            FtpTestClient client = impatient.login();
            hang("VirtualFileSystem.stat");
            client.send("CWD dir");
            awaitHang();
            client.expect(451);
            released.countDown();
            client.expect(213, "SIZE file");
            assertThat(client.expect(257, "PWD").text()).startsWith("\"/\" ");
        }
    }

    @Test
    void theSessionIsGoneOnceTheFileSystemAnswers() throws Exception {
        Leftovers leftovers = Leftovers.before(server);
        hang("VirtualFileSystem.openWrite");
        FtpTestClient client = server.login();
        int port = client.extendedPassivePort();
        client.send("STOR file");
        awaitHang();
        client.connectTo(port).close();
        client.close();
        released.countDown();
        leftovers.expectNone();
        assertThat(server.text("/file")).isEqualTo("old");
    }

    @Test
    void theServerStopsAllTheSame() throws Exception {
        hang("VirtualFileSystem.list");
        FtpTestClient client = server.login();
        client.connectTo(client.extendedPassivePort());
        client.send("LIST");
        awaitHang();
        // with or without an error: a thread that hangs cannot be ended
        assertThat(server.server().stop(Duration.ofMillis(200)).handle((done, failure) -> true))
                .succeedsWithin(Patience.LONG_ENOUGH);
        assertThat(server.server().addresses()).isEmpty();
    }
}
