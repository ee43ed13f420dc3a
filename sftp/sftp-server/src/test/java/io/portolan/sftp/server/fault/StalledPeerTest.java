package io.portolan.sftp.server.fault;

import static io.portolan.sftp.server.testing.SftpFixture.PASSWORD;
import static io.portolan.sftp.server.testing.SftpFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.server.SftpTimeouts;
import io.portolan.sftp.server.testing.RawClient;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.Patience;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Peers that hold a connection and do nothing with it. */
final class StalledPeerTest {

    private static final Duration SOON = Duration.ofMillis(700);

    private static SftpFixture impatient(SftpTimeouts timeouts) {
        return SftpFixture.serving(InMemoryFileSystem.create(), settings -> settings.timeouts(timeouts));
    }

    private static SftpFixture impatientWithLogins() {
        return impatient(SftpFixture.TIMEOUTS.withLogin(SOON));
    }

    /** A login may take its time, as it does on a machine that has much to do. */
    private static SftpFixture impatient() {
        return impatient(SftpFixture.TIMEOUTS.withIdle(Duration.ofSeconds(2)).withStall(SOON));
    }

    @Test
    void whoSaysNothingAtAllIsCutOff() throws Exception {
        try (SftpFixture server = impatientWithLogins();
                Socket silent = new Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
            silent.setSoTimeout(Patience.MILLIS);
            while (silent.getInputStream().read() >= 0) {
                // the server's identification, and then the end
            }
            await().until(() -> server.server().sessions().isEmpty());
        }
    }

    @Test
    void whoDoesNotLogInIsCutOff() {
        try (SftpFixture server = impatientWithLogins();
                RawClient client = RawClient.connect(server.port())) {
            assertThat(client.closed()).succeedsWithin(Patience.LONG_ENOUGH);
            await().until(() -> server.server().sessions().isEmpty());
        }
    }

    @Test
    void whoAsksForContentAndReadsNoneIsCutOffAndKeepsNoMemory() throws Exception {
        try (SftpFixture server = impatient()) {
            server.write("/file", new byte[8 * 1024 * 1024]);
            RawClient client = RawClient.sftp(server.port(), USER, PASSWORD);
            byte[] handle = client.open("/file", 1);
            client.stopReading();
            for (int i = 0; i < 2_000; i++) {
                client.read(handle, 0, 255 * 1024);
            }

            await().until(() -> server.server().sessions().isEmpty());
            client.close();
        }
    }

    @Test
    void whoSendsHalfARequestIsCutOff() {
        try (SftpFixture server = impatient();
                RawClient client = RawClient.sftp(server.port(), USER, PASSWORD)) {
            // half of a packet: its length says that more will come
            client.sendOctets(new SshWriter().writeUint32(1_000).writeByte(1).toByteArray());

            assertThat(client.closed()).succeedsWithin(Patience.LONG_ENOUGH);
            await().until(() -> server.server().sessions().isEmpty());
        }
    }
}
