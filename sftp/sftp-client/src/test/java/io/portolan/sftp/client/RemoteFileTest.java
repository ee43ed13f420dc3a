package io.portolan.sftp.client;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are open, and what else servers can do. */
class RemoteFileTest extends SessionCase {

    private static final int SIZE = 1_000_000;

    @ParameterizedTest
    @MethodSource("servers")
    void readsAndWritesAnywhere(Server server) throws Exception {
        SftpSession session = connect(server);
        byte[] content = content(SIZE);
        try (RemoteFile file = session.open("file", READ, WRITE, CREATE).get()) {
            CompletableFuture<Void> second = file.write(400_000, ByteBuffer.wrap(content, 400_000, 600_000));
            file.write(0, ByteBuffer.wrap(content, 0, 400_000)).get();
            second.get();
            assertThat(file.size().get()).isEqualTo(SIZE);
            ByteBuffer some = ByteBuffer.allocate(700_000);
            assertThat(file.read(200_000, some).get()).isEqualTo(700_000);
            assertThat(some.array()).isEqualTo(Arrays.copyOfRange(content, 200_000, 900_000));
            ByteBuffer rest = ByteBuffer.allocateDirect(700_000);
            assertThat(file.read(900_000, rest).get()).isEqualTo(100_000);
            assertThat(rest.position()).isEqualTo(100_000);
            assertThat(file.read(SIZE, rest).get()).isEqualTo(-1);
            file.resize(10).get();
            assertThat(file.size().get()).isEqualTo(10);
            file.closeAndTell().get();
            assertThatThrownBy(() -> file.size().get()).hasMessageContaining("is closed");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void isAChannelOfJavas(Server server) throws Exception {
        BlockingSftpSession session = connect(server).blocking();
        byte[] content = content(5_000_000);
        try (SeekableByteChannel channel = session.open("file", WRITE, CREATE_NEW)) {
            assertThat(channel.write(ByteBuffer.wrap(content))).isEqualTo(content.length);
            assertThat(channel.position()).isEqualTo(content.length);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonReadableChannelException.class);
        }
        assertThatThrownBy(() -> session.open("file", WRITE, CREATE_NEW)).isInstanceOf(SftpStatusException.class);
        SeekableByteChannel channel = session.open("file");
        ByteBuffer all = ByteBuffer.allocate(content.length + 1);
        while (channel.read(all) >= 0) {
            assertThat(all.position()).isEqualTo((int) channel.position());
        }
        assertThat(Arrays.copyOf(all.array(), all.position())).isEqualTo(content);
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(NonWritableChannelException.class);
        assertThat(channel.position(content.length - 3).read(all.clear())).isEqualTo(3);
        channel.close();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);

        try (SeekableByteChannel end = session.open("file", APPEND)) {
            end.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(end.size()).isEqualTo(content.length + 3);
            end.truncate(5);
            assertThat(end.size()).isEqualTo(5);
        }
        session.open("file", WRITE, TRUNCATE_EXISTING).close();
        assertThat(session.stat("file").orElseThrow().size()).hasValue(0);
        assertThatThrownBy(() -> session.open("file", StandardOpenOption.DELETE_ON_CLOSE))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void doesAtTheServerWhatTheServerCan(Server server) throws Exception {
        SftpSession async = connect(server);
        BlockingSftpSession session = async.blocking();
        try (SeekableByteChannel channel = session.open("file", WRITE, CREATE)) {
            channel.write(ByteBuffer.wrap(content(SIZE)));
        }
        ServerFeatures features = session.features();
        assertThat(features.maxRead()).isEqualTo(255 * 1024);
        if (features.has("copy-data")) {
            session.copy("file", "copy");
            ByteSink sink = TransferSink.toBytes(SIZE);
            session.download("copy", sink, DownloadOptions.defaults());
            assertThat(sink.bytes()).isEqualTo(content(SIZE));
        }
        if (features.has("statvfs@openssh.com")) {
            assertThat(session.space(".").usable()).isPositive();
        }
        if (features.has("expand-path@openssh.com")) {
            assertThat(session.expandPath("~")).startsWith("/");
        }
        if (features.has("check-file")) {
            assertThat(session.checksum("file", ChecksumAlgorithm.CRC32).value())
                    .isEqualTo(HexFormat.of().toHexDigits(crc(content(SIZE)), 8));
        } else {
            assertThatThrownBy(() -> session.checksum("file", ChecksumAlgorithm.CRC32))
                    .isInstanceOf(SftpException.class);
        }
        if (features.has("hardlink@openssh.com")) {
            session.createHardLink("other", "file");
            assertThat(session.stat("other").orElseThrow().size()).hasValue(SIZE);
        }
        assertThat(session.realPath("./file")).endsWith("/file").doesNotContain("/./");
    }

    private static long crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return crc.getValue();
    }

    @Test
    void whatCannotBeReadOrWrittenIsRefusedAtTheCall() throws Exception {
        try (RemoteFile file =
                connect(Server.VERSION_3).open("file", READ, WRITE, CREATE).get()) {
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertThatThrownBy(() -> file.read(0, buffer.asReadOnlyBuffer()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("target");
            assertThatThrownBy(() -> file.read(-1, buffer)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> file.write(Long.MAX_VALUE - 9, buffer))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("position");
        }
    }
}
