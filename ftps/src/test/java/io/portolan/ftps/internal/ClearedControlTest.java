package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What comes after CCC is told apart: records of TLS, and commands in the clear. */
class ClearedControlTest {

    /** An alert, as long as one under TLS 1.3 is; its octets look like letters. */
    private static final byte[] RECORD =
            ("\u0017\u0003\u0003\u0000\u0013" + "NOOP NOOP NOOP NOOP").getBytes(StandardCharsets.ISO_8859_1);

    private boolean cleared;
    private final EmbeddedChannel channel = new EmbeddedChannel();

    ClearedControlTest() {
        channel.pipeline().addFirst(new ClearedControl(() -> false, () -> {
            cleared = true;
            channel.pipeline().remove(ClearedControl.class);
        }));
    }

    @Test
    void aRecordThatComesInPiecesIsARecord() {
        for (byte octet : RECORD) {
            write(octet);
            assertThat(cleared).isFalse();
        }
        write(RECORD);
        assertThat(cleared).isFalse();
        write((byte) 'N');
        assertThat(cleared).isTrue();
        close();
    }

    @Test
    void aPieceThatHoldsTheBeginningOfTheNextRecordIsFollowedToo() {
        ByteBuf two = Unpooled.wrappedBuffer(RECORD, RECORD);
        channel.writeInbound(two.readRetainedSlice(RECORD.length + 3));
        channel.writeInbound(two);
        assertThat(cleared).isFalse();
        write((byte) 'N');
        assertThat(cleared).isTrue();
        close();
    }

    private void write(byte... octets) {
        channel.writeInbound(Unpooled.wrappedBuffer(octets));
    }

    private void close() {
        channel.finishAndReleaseAll();
    }
}
