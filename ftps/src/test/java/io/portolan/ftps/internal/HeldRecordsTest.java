package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldRecordsTest {

    private static final int HANDSHAKE = 22;
    private static final int ENCRYPTED = 23;

    private final HeldRecords held = new HeldRecords();
    private final EmbeddedChannel channel = new EmbeddedChannel(held);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf record(int type) {
        return record(type, 3);
    }

    private static ByteBuf record(int type, int length) {
        ByteBuf record = Unpooled.buffer();
        record.writeByte(type).writeShort(0x0303).writeShort(length).writeZero(length);
        return record;
    }

    private int sent() {
        ByteBuf out = channel.readOutbound();
        if (out == null) {
            return -1;
        }
        int type = out.getUnsignedByte(0);
        out.release();
        return type;
    }

    /** TLS 1.3 up to the client's Finished, or, with a handler that has seen nothing of it, up to its hello. */
    private void shakeHands() {
        channel.writeInbound(record(HANDSHAKE));
        channel.writeOutbound(record(HANDSHAKE), record(ENCRYPTED), record(ENCRYPTED));
        assertThat(new int[] {sent(), sent(), sent()}).containsExactly(HANDSHAKE, ENCRYPTED, ENCRYPTED);
        channel.writeInbound(record(ENCRYPTED));
        channel.releaseInbound();
    }

    @Test
    void ticketsWaitForTheEndOfTheUpload() {
        shakeHands();
        channel.write(record(ENCRYPTED));
        channel.write(record(ENCRYPTED));
        channel.flush();
        assertThat(sent()).isEqualTo(-1);
        held.release();
        assertThat(new int[] {sent(), sent(), sent()}).containsExactly(ENCRYPTED, ENCRYPTED, -1);
        channel.writeOutbound(record(ENCRYPTED));
        assertThat(sent()).isEqualTo(ENCRYPTED);
    }

    @Test
    void theHandshakeOfOlderVersionsIsNotHeldUp() {
        channel.writeInbound(record(HANDSHAKE));
        channel.writeOutbound(record(HANDSHAKE));
        channel.writeInbound(record(HANDSHAKE));
        channel.writeOutbound(record(HANDSHAKE));
        channel.releaseInbound();
        assertThat(new int[] {sent(), sent()}).containsExactly(HANDSHAKE, HANDSHAKE);
    }

    @Test
    void noMoreIsKeptThanTicketsTake() {
        shakeHands();
        channel.write(record(ENCRYPTED, HeldRecords.LIMIT));
        assertThat(sent()).isEqualTo(ENCRYPTED);
    }

    @Test
    void whatIsKeptLeavesBeforeWeClose() {
        shakeHands();
        channel.write(record(ENCRYPTED));
        channel.close();
        assertThat(sent()).isEqualTo(ENCRYPTED);
    }

    @Test
    void noMoreWritesAreKeptThanTicketsTake() {
        shakeHands();
        for (int i = 0; i < HeldRecords.WRITES; i++) {
            channel.write(record(ENCRYPTED));
        }
        channel.flush();
        assertThat(sent()).isEqualTo(-1);
        channel.write(record(ENCRYPTED));
        for (int i = 0; i <= HeldRecords.WRITES; i++) {
            assertThat(sent()).isEqualTo(ENCRYPTED);
        }
    }

    @Test
    void whatIsKeptGoesWithTheHandler() {
        shakeHands();
        ByteBuf ticket = record(ENCRYPTED);
        channel.write(ticket);
        channel.pipeline().remove(held);
        assertThat(ticket.refCnt()).isZero();
    }
}
