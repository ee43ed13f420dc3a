package io.portolan.ssh.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SshWriterTest {

    @Test
    void eachTypeIsWrittenAsTheRfcSays() {
        byte[] written = new SshWriter(1)
                .writeByte(0xfe)
                .writeBoolean(true)
                .writeBoolean(false)
                .writeUint32(0x0102_0304L)
                .writeUint64(-1)
                .writeString("hé")
                .writeNameList(List.of("zlib", "none"))
                .writeBytes(new byte[] {9, 8, 7}, 1, 1)
                .toByteArray();
        assertThat(written).isEqualTo(new byte[] {
            (byte) 0xfe, // byte
            1, // boolean
            0,
            1,
            2,
            3,
            4, // uint32
            -1,
            -1,
            -1,
            -1,
            -1,
            -1,
            -1,
            -1, // uint64
            0,
            0,
            0,
            3,
            'h',
            (byte) 0xc3,
            (byte) 0xa9, // string
            0,
            0,
            0,
            9,
            'z',
            'l',
            'i',
            'b',
            ',',
            'n',
            'o',
            'n',
            'e', // name-list
            8
        });
    }

    @Test
    void aFixedWidthNumberLosesItsLeadingZerosAndGetsASign() {
        assertThat(new SshWriter().writeMpint(new byte[] {0, 0, 1, 0}).toByteArray())
                .containsExactly(0, 0, 0, 2, 1, 0);
        assertThat(new SshWriter().writeMpint(new byte[] {0, -128, 0}).toByteArray())
                .containsExactly(0, 0, 0, 3, 0, -128, 0);
        assertThat(new SshWriter().writeMpint(new byte[] {0, 0}).toByteArray()).containsExactly(0, 0, 0, 0);
        assertThat(new SshWriter().writeMpint(new byte[0]).toByteArray()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void whatIsNoUint32IsRefused() {
        SshWriter writer = new SshWriter();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> writer.writeUint32(-1));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> writer.writeUint32(1L << 32));
    }

    @Test
    void itIsEmptyAfterWiping() {
        SshWriter writer = new SshWriter().writeString("secret");
        writer.wipe();
        assertThat(writer.size()).isZero();
        assertThat(writer.writeByte(1).toByteArray()).containsExactly(1);
    }

    @Test
    void itIsAppendedToABuffer() {
        ByteBuf buffer = Unpooled.buffer().writeByte(5);
        new SshWriter().writeByte(6).writeTo(buffer);
        assertThat(SshReader.of(buffer).readRest()).containsExactly(5, 6);
        buffer.release();
    }
}
