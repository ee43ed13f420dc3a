package io.portolan.ftp.client.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentSinkTest {

    private static final int SIZE = 100;

    @TempDir
    Path folder;

    private final SegmentPlan plan = new SegmentPlan(SIZE, 1, 1);
    private final Segment all = Objects.requireNonNull(plan.take());

    private FileChannel open() throws IOException {
        return FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Test
    void octetsThatAreInTheFileAreCounted() throws Exception {
        try (FileChannel file = open()) {
            new SegmentSink(plan, all, file, SIZE, () -> {}).write(ByteBuffer.allocate(SIZE));
            assertThat(plan.written()).isEqualTo(SIZE).isEqualTo(file.size());
        }
    }

    @Test
    void octetsThatWereClaimedAndNotWrittenAreNotCounted() throws Exception {
        FileChannel file = open();
        file.close();
        SegmentSink sink = new SegmentSink(plan, all, file, SIZE, () -> {});
        assertThatThrownBy(() -> sink.write(ByteBuffer.allocate(SIZE))).isInstanceOf(IOException.class);
        assertThat(plan.isFull(all)).isTrue();
        assertThat(plan.written()).isZero();
    }
}
