package io.portolan.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamReadableFileTest {

    static Stream<Arguments> buffers() {
        IntFunction<ByteBuffer> heap = ByteBuffer::allocate;
        IntFunction<ByteBuffer> direct = ByteBuffer::allocateDirect;
        IntFunction<ByteBuffer> slice =
                size -> ByteBuffer.allocate(size + 3).position(3).slice();
        return Stream.of(heap, direct, slice).map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void theStreamIsReadToItsEndIntoAnyBuffer(IntFunction<ByteBuffer> buffers) throws IOException {
        byte[] content = "a stream of some length".getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(content.length);
        try (ReadableFile file = ReadableFile.of(new ByteArrayInputStream(content))) {
            ByteBuffer buffer = buffers.apply(5);
            for (int count = file.read(buffer); count >= 0; count = file.read(buffer)) {
                assertThat(buffer.position()).isEqualTo(count).isPositive();
                all.put(buffer.flip());
                buffer.clear();
            }
        }
        assertThat(all.array()).isEqualTo(content);
    }
}
