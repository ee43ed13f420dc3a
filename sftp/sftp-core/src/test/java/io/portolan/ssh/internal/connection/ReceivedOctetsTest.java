package io.portolan.ssh.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReceivedOctetsTest {

    private static ByteBuf piece(byte[] octets) {
        return Unpooled.copiedBuffer(octets);
    }

    private static byte[] rest(ReceivedOctets received) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuf next = received.poll(); next != null; next = received.poll()) {
            while (next.isReadable()) {
                all.write(next.readByte());
            }
            next.release();
        }
        return all.toByteArray();
    }

    @Test
    void aWindowOfSingleOctetsTakesFewBuffers() {
        ReceivedOctets received = new ReceivedOctets(UnpooledByteBufAllocator.DEFAULT);
        for (int i = 0; i < 100_000; i++) {
            received.add(piece(new byte[] {(byte) i}));
        }

        assertThat(received.buffers()).isLessThan(100_000 / 4096 + 3);
        assertThat(rest(received)).hasSize(100_000).endsWith((byte) 99_998, (byte) 99_999);
    }

    @Test
    void piecesOfAllSizesComeOutInTheirOrderWhileMoreComeIn() {
        Random random = new Random(1);
        ReceivedOctets received = new ReceivedOctets(UnpooledByteBufAllocator.DEFAULT);
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < 5_000; i++) {
            byte[] octets = new byte[1 + random.nextInt(random.nextBoolean() ? 10 : 2_000)];
            random.nextBytes(octets);
            in.writeBytes(octets);
            received.add(piece(octets));
            ByteBuf first = received.peek();
            while (first != null && random.nextInt(3) > 0) {
                out.write(first.readByte());
                if (!first.isReadable()) {
                    received.poll().release();
                }
                first = received.peek();
            }
        }
        out.writeBytes(rest(received));

        assertThat(out.toByteArray()).isEqualTo(in.toByteArray());
        assertThat(received.isEmpty()).isTrue();
    }
}
