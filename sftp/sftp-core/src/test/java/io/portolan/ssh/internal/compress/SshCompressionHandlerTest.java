package io.portolan.ssh.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.ssh.internal.packet.PacketLimits;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SshCompressionHandlerTest {

    private final SshCompressionHandler sender = new SshCompressionHandler();
    private final SshCompressionHandler receiver = new SshCompressionHandler();
    private final EmbeddedChannel from = new EmbeddedChannel(sender);
    private final EmbeddedChannel to = new EmbeddedChannel(receiver);

    private int send(byte[] payload) {
        assertThat(from.writeOutbound(Unpooled.wrappedBuffer(payload))).isTrue();
        ByteBuf compressed = from.readOutbound();
        int octets = compressed.readableBytes();
        to.writeInbound(compressed);
        ByteBuf received = to.readInbound();
        try {
            assertThat(ByteBufUtil.getBytes(received)).isEqualTo(payload);
        } finally {
            received.release();
        }
        return octets;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 158, 159, 4_096, 32_768, 100_000, PacketLimits.MAX_PAYLOAD})
    void payloadsOfEachSizeArriveAsTheyWere(int size) {
        sender.deflate(true);
        receiver.inflate(true);
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        byte[] same = new byte[size];
        Arrays.fill(same, (byte) 'a');
        send(noise);
        send(same);
        send(noise);
    }

    @Test
    void whatWasSentBeforeNeedNotBeSentAgain() {
        sender.deflate(true);
        receiver.inflate(true);
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        int first = send(noise);
        assertThat(send(noise)).isLessThan(first / 10);
    }

    @Test
    void nothingIsCompressedBeforeItBegins() {
        assertThat(send(new byte[1_000])).isEqualTo(1_000);
    }

    private static Object stream(SshCompressionHandler handler, String name) throws ReflectiveOperationException {
        Field field = SshCompressionHandler.class.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(handler);
    }

    @Test
    void whatItHasOutsideTheHeapIsFreedWhenTheConnectionEnds() throws Exception {
        sender.deflate(true);
        receiver.inflate(true);
        send(new byte[1_000]);
        Deflater deflater = (Deflater) stream(sender, "deflater");
        Inflater inflater = (Inflater) stream(receiver, "inflater");
        assertThat(deflater.getBytesRead()).isEqualTo(1_000);

        from.close().syncUninterruptibly();
        to.close().syncUninterruptibly();

        assertThatThrownBy(deflater::getBytesRead).hasMessageContaining("closed");
        assertThatThrownBy(inflater::getBytesRead).hasMessageContaining("closed");
    }
}
