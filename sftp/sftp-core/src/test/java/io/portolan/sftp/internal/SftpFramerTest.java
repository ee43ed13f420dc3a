package io.portolan.sftp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets out of octets. */
class SftpFramerTest {

    private final SftpFramer framer = new SftpFramer(UnpooledByteBufAllocator.DEFAULT);

    private static byte[] stream(byte[]... packets) {
        ByteBuf all = Unpooled.buffer();
        for (byte[] packet : packets) {
            all.writeInt(packet.length).writeBytes(packet);
        }
        return ByteBufUtil.getBytes(all);
    }

    private List<byte[]> takeAll() throws SftpFramingException {
        List<byte[]> packets = new ArrayList<>();
        ByteBuf packet = framer.next();
        while (packet != null) {
            packets.add(ByteBufUtil.getBytes(packet));
            packet.release();
            packet = framer.next();
        }
        return packets;
    }

    @Test
    void packetsAreTheSameWhereverTheOctetsAreSplit() throws Exception {
        byte[][] packets = {{1}, {6, 2, 3, 4, 5, 6, 7}, {3, 1}};
        byte[] octets = stream(packets);
        for (int first = 0; first <= octets.length; first++) {
            for (int second = first; second <= octets.length; second++) {
                List<byte[]> taken = new ArrayList<>();
                framer.add(Unpooled.wrappedBuffer(octets, 0, first));
                taken.addAll(takeAll());
                framer.add(Unpooled.wrappedBuffer(octets, first, second - first));
                taken.addAll(takeAll());
                framer.add(Unpooled.wrappedBuffer(octets, second, octets.length - second));
                taken.addAll(takeAll());

                assertThat(taken).as("split at %s and %s", first, second).containsExactly(packets);
                assertThat(framer.buffered()).isZero();
            }
        }
    }

    @Test
    void aPacketThatIsWholeInABufferIsASliceOfIt() throws Exception {
        ByteBuf octets = Unpooled.wrappedBuffer(stream(new byte[] {6, 1, 2}, new byte[] {7}));
        framer.add(octets);

        ByteBuf packet = framer.next();

        assertThat(packet.array()).isSameAs(octets.array());
        packet.release();
        assertThat(octets.refCnt()).as("the second is in it").isEqualTo(1);
        takeAll();
        assertThat(octets.refCnt()).isZero();
    }

    @Test
    void aLengthOfZeroOrBeyondTheLimitIsRefusedBeforeTheContentIsHere() {
        for (long length : new long[] {0, SftpFramer.MAX_PACKET + 1L, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL}) {
            SftpFramer framer = new SftpFramer(UnpooledByteBufAllocator.DEFAULT);
            framer.add(Unpooled.buffer().writeInt((int) length));

            assertThatThrownBy(framer::next).as("%s", length).isInstanceOf(SftpFramingException.class);
            framer.close();
        }
    }

    @Test
    void theLongestPacketIsTaken() throws Exception {
        byte[] longest = new byte[SftpFramer.MAX_PACKET];
        longest[0] = 6;
        byte[] octets = stream(longest);
        for (int at = 0; at < octets.length; at += 32_768) {
            framer.add(Unpooled.wrappedBuffer(octets, at, Math.min(32_768, octets.length - at)));
            if (at + 32_768 < octets.length) {
                assertThat(framer.next()).isNull();
            }
        }

        assertThat(takeAll()).containsExactly(longest);
    }

    @Test
    void contentThatComesInPiecesIsPutTogetherOutsideTheHeapForTheFile() throws Exception {
        byte[] write = new byte[20_000];
        write[0] = (byte) SftpMessageNumber.WRITE.number();
        byte[] octets = stream(write);
        framer.add(Unpooled.wrappedBuffer(octets, 0, 10_000));
        assertThat(framer.next()).isNull();
        framer.add(Unpooled.wrappedBuffer(octets, 10_000, octets.length - 10_000));

        ByteBuf packet = framer.next();

        assertThat(packet.isDirect()).isTrue();
        assertThat(packet.capacity()).isEqualTo(write.length);
        packet.release();
    }

    @Test
    void whatIsBufferedIsCountedAndLetGo() throws Exception {
        ByteBuf whole = Unpooled.wrappedBuffer(stream(new byte[] {1, 2, 3}));
        framer.add(whole);
        framer.add(Unpooled.wrappedBuffer(new byte[] {0, 0, 1}));
        assertThat(framer.buffered()).isEqualTo(10);
        assertThat(takeAll()).hasSize(1);
        assertThat(framer.buffered()).isEqualTo(3);
        framer.add(Unpooled.wrappedBuffer(new byte[] {0, 9, 9}));
        assertThat(framer.next()).isNull();
        assertThat(framer.buffered()).isEqualTo(6);

        framer.close();

        assertThat(framer.buffered()).isZero();
    }
}
