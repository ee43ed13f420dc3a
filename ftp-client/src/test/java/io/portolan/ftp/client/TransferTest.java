package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferTest extends ClientTest {

    @TempDir
    Path folder;

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 256 * 1024, 256 * 1024 + 1, 5_000_000})
    void whatIsUploadedIsWhatIsDownloaded(int length) throws Exception {
        byte[] bytes = content(length);
        FtpSession session = get(client.connect());
        TransferResult up =
                get(session.upload(TransferSource.fromBytes(bytes), "/file").completion());
        assertThat(up.octets()).isEqualTo(length);
        assertThat(up.reply().code()).isEqualTo(226);
        assertThat(server.read("/file")).isEqualTo(bytes);
        ByteSink sink = TransferSink.toBytes(length);
        TransferResult down = get(session.download("/file", sink).completion());
        assertThat(down.octets()).isEqualTo(length);
        assertThat(sink.bytes()).isEqualTo(bytes);
        get(session.quit());
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void threadsThatWaitMoveFiles() throws Exception {
        Path here = folder.resolve("here");
        Path back = folder.resolve("back");
        Files.write(here, content(1_000_000));
        try (BlockingFtpSession session = client.connectBlocking()) {
            session.upload(here, "there");
            TransferResult result = session.download("there", back);
            assertThat(result.octets()).isEqualTo(1_000_000);
            session.quit();
        }
        assertThat(back).hasSameBinaryContentAs(here);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(here, back);
        }
    }

    @Test
    void manyTransfersOfOneSessionAreDoneInTheirOrder() throws Exception {
        FtpSession session = get(client.connect());
        List<Upload> uploads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            uploads.add(session.upload(TransferSource.fromBytes(content(i * 10)), "/file" + i));
        }
        for (Upload upload : uploads) {
            get(upload.completion());
        }
        for (int i = 0; i < 100; i++) {
            assertThat(server.read("/file" + i)).hasSize(i * 10);
        }
    }

    @Test
    void aFileThatIsNotThereIsToldByItsReplyAndNothingIsLeftHere() throws Exception {
        try (BlockingFtpSession session = client.connectBlocking()) {
            assertThatThrownBy(() -> session.download("/none", folder.resolve("none")))
                    .isInstanceOfSatisfying(FtpReplyException.class, refused -> {
                        assertThat(refused.reply().code()).isEqualTo(550);
                        assertThat(refused.isRetryable()).isFalse();
                    });
            assertThat(folder).isEmptyDirectory();
            session.upload(TransferSource.fromBytes(content(10)), "/some", UploadOptions.defaults());
        }
    }

    @Test
    void aWrongPasswordIsToldByItsReplyAndNotShown() {
        try (FtpClient stranger = another(builder -> builder.user("alice", "wrong password"))) {
            assertThatThrownBy(stranger::connectBlocking).isInstanceOfSatisfying(FtpReplyException.class, refused -> {
                assertThat(refused.reply().code()).isEqualTo(530);
                assertThat(refused).hasMessageNotContaining("wrong password");
            });
        }
    }

    @Test
    void nothingIsSentThatWouldBeTwoCommands() throws Exception {
        FtpSession session = get(client.connect());
        for (String text : List.of("a\rDELE b", "a\nDELE b", "a\0b")) {
            assertThatThrownBy(() -> session.upload(TransferSource.fromBytes(new byte[1]), text))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.download(text, TransferSink.toBytes(1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.command("SITE", text)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.command("NOOP\r\nDELE", "b")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> FtpClient.builder().user(text, "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> FtpClient.builder().user("", text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(get(session.command("noop", "")).code()).isEqualTo(200);
    }
}
