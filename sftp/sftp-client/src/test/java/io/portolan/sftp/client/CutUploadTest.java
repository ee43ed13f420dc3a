package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.portolan.fs.ReadableFile;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.internal.retry.UploadAttempt;
import io.portolan.sftp.client.testing.ProcessPeer;
import io.portolan.sftp.client.testing.TestServer;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** From where the attempts at an upload go on, whenever the one before has ended. */
class CutUploadTest extends SessionCase {

    private static final int SIZE = 2_000_000;

    private final byte[] content = content(SIZE);
    private final List<Long> openedAt = new ArrayList<>();
    /** Done when the source is asked for its size. */
    private Runnable meanwhile = () -> {};

    private final TransferSource source = new TransferSource() {
        private final TransferSource bytes = TransferSource.fromBytes(content);

        @Override
        public OptionalLong size() throws IOException {
            meanwhile.run();
            return bytes.size();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public ReadableFile open(long offset) throws IOException {
            openedAt.add(offset);
            return bytes.open(offset);
        }
    };

    /** OpenSSH's: ours lets nothing be seen of what broke off. */
    private TestServer serving() throws Exception {
        assumeThat(ProcessPeer.openSsh()).isPresent();
        return TestServer.of(
                threads,
                ProtocolSettings.DEFAULT,
                ProcessPeer.start(ProcessPeer.openSsh().orElseThrow(), folder));
    }

    /** Breaks off, and lets the client see it. */
    private void breakOff(TestServer server) {
        server.breakOff();
        threads.loop().submit(() -> {}).syncUninterruptibly();
    }

    @Test
    void aSessionThatIsGoneBeforeAnythingIsSentTakesNothingAway() throws Exception {
        List<TestServer> cut = new ArrayList<>();
        TransferProgress breaking = (octets, total) -> {
            if (octets > SIZE / 2) {
                cut.forEach(TestServer::breakOff);
            }
        };
        UploadAttempt upload = new UploadAttempt(
                source,
                folder.resolve("file").toString(),
                ResilientSftp.UPLOADS.toBuilder().progress(breaking).build());
        try (TestServer first = serving()) {
            cut.add(first);
            assertThatThrownBy(() -> upload.run(first.session())).isInstanceOf(SftpConnectionException.class);
            cut.clear();
        }
        try (TestServer second = serving()) {
            meanwhile = () -> breakOff(second);
            assertThatThrownBy(() -> upload.run(second.session())).isInstanceOf(SftpConnectionException.class);
            meanwhile = () -> {};
        }
        try (TestServer third = serving()) {
            assertThat(upload.run(third.session()).octets()).isEqualTo(SIZE);
        }
        assertThat(folder.resolve("file")).hasBinaryContent(content);
        // the second had come no further than to ask what is there
        assertThat(openedAt).hasSize(2);
        assertThat(openedAt.get(1)).isGreaterThan(SIZE / 2);
    }
}
