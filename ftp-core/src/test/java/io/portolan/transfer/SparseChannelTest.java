package io.portolan.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.WritableFile;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparseChannelTest {

    @TempDir
    private Path folder;

    private static byte[] patchy(Random random, int size) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; ) {
            int run = Math.min(size - at, random.nextInt(3 * SparseChannel.BLOCK));
            if (random.nextBoolean()) {
                byte[] part = new byte[run];
                random.nextBytes(part);
                System.arraycopy(part, 0, content, at, run);
            }
            at += Math.max(1, run);
        }
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 4095, 4096, 4097, 100_000, 1 << 20})
    void theContentIsTheSameInWhateverPiecesItComes(int piece) throws Exception {
        Random random = new Random(piece);
        for (int round = 0; round < 20; round++) {
            byte[] content = patchy(random, random.nextInt(200_000));
            Path file = folder.resolve("file" + piece + "-" + round);
            try (SeekableByteChannel channel =
                    Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                SparseChannel sparse = new SparseChannel(channel);
                for (int at = 0; at < content.length; at += piece) {
                    int length = Math.min(piece, content.length - at);
                    ByteBuffer source = ByteBuffer.wrap(content, at, length);
                    sparse.write(source);
                    assertThat(source.hasRemaining()).isFalse();
                    assertThat(source.limit()).isEqualTo(at + length);
                }
                sparse.finish();
            }
            assertThat(file).hasBinaryContent(content);
        }
    }

    @Test
    void aSinkLeavesHolesWhereThereAreZeros() throws Exception {
        int size = 32 << 20;
        byte[] content = new byte[size];
        Arrays.fill(content, size / 2, size / 2 + 10_000, (byte) 1);
        Path sparse = folder.resolve("sparse");
        write(TransferSink.toPathSparse(sparse), content);
        assertThat(sparse).hasBinaryContent(content);

        Path whole = folder.resolve("whole");
        write(TransferSink.toPath(whole), content);
        if (blocks(whole) >= size / 512) {
            assertThat(blocks(sparse)).isLessThan(1000);
        }
    }

    private static void write(TransferSink sink, byte[] content) throws Exception {
        try (WritableFile file = sink.open(0)) {
            file.write(ByteBuffer.wrap(content));
            file.commit();
        }
    }

    /** Blocks of 512 octets that a file takes on the disk. */
    private static long blocks(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        String told = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return stat.waitFor() == 0 ? Long.parseLong(told) : 0;
    }
}
