package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HelloGateTest {

    /** What the JDK's client says first. */
    private static byte[] hello(String... protocols) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 21);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(64 * 1024);
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] record = new byte[out.flip().remaining()];
        out.get(record);
        return record;
    }

    private static byte[] passed(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        ByteBuf next = channel.readInbound();
        while (next != null) {
            all.writeBytes(next);
            next.release();
            next = channel.readInbound();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes).release();
        return bytes;
    }

    @Test
    void aClientOfFtpPassesInHoweverManyPartsItComes() throws Exception {
        byte[] hello = hello("h2", "ftp");
        for (int at = 1; at < hello.length; at++) {
            EmbeddedChannel channel = new EmbeddedChannel(new HelloGate(name -> true));
            channel.writeInbound(Unpooled.copiedBuffer(hello, 0, at));
            assertThat(passed(channel)).isEmpty();
            channel.writeInbound(Unpooled.copiedBuffer(hello, at, hello.length - at));
            assertThat(passed(channel)).isEqualTo(hello);
            assertThat(channel.pipeline().get(HelloGate.class)).isNull();
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void aMessageInSeveralRecordsIsUnderstood() throws Exception {
        byte[] hello = hello("ftp-data");
        ByteBuf split = Unpooled.buffer();
        for (int at = 5; at < hello.length; at += 7) {
            int length = Math.min(7, hello.length - at);
            split.writeByte(22).writeShort(0x0301).writeShort(length).writeBytes(hello, at, length);
        }
        assertThat(ClientHello.read(split, UnpooledByteBufAllocator.DEFAULT).map(ClientHello::protocols))
                .contains(List.of("ftp-data"));
        split.release();
    }

    @Test
    void aClientOfSomethingElseIsToldSoAndSentAway() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(new HelloGate(name -> true));
        channel.writeInbound(Unpooled.wrappedBuffer(hello("h2", "http/1.1")));
        ByteBuf alert = channel.readOutbound();
        assertThat(alert).isEqualTo(Unpooled.wrappedBuffer(new byte[] {21, 3, 3, 0, 2, 2, 120}));
        alert.release();
        assertThat(channel.isOpen()).isFalse();
        assertThat(passed(channel)).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void whoOffersNothingPasses() throws Exception {
        byte[] hello = hello();
        EmbeddedChannel channel = new EmbeddedChannel(new HelloGate(name -> true));
        channel.writeInbound(Unpooled.wrappedBuffer(hello));
        assertThat(passed(channel)).isEqualTo(hello);
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsNoTlsIsTheEnginesBusiness() {
        byte[] text = "USER mallory\r\n".getBytes(StandardCharsets.US_ASCII);
        EmbeddedChannel channel = new EmbeddedChannel(new HelloGate(name -> true));
        channel.writeInbound(Unpooled.wrappedBuffer(text));
        assertThat(passed(channel)).isEqualTo(text);
        channel.finishAndReleaseAll();
    }

    @Test
    void aMessageThatNeverEndsIsNotKept() {
        EmbeddedChannel channel = new EmbeddedChannel(new HelloGate(name -> true));
        ByteBuf endless = Unpooled.buffer();
        endless.writeByte(22)
                .writeShort(0x0301)
                .writeShort(HelloGate.LIMIT)
                .writeByte(1)
                .writeMedium(0xffffff);
        endless.writeZero(HelloGate.LIMIT - endless.readableBytes());
        channel.writeInbound(endless);
        assertThat(passed(channel)).hasSize(HelloGate.LIMIT);
        channel.finishAndReleaseAll();
    }

    @Property
    void nothingThatIsSentMakesItThrow(@ForAll @Size(max = 300) byte[] body, @ForAll @IntRange(max = 400) int claimed) {
        ByteBuf records = Unpooled.buffer();
        records.writeByte(22).writeShort(0x0301).writeShort(body.length + 4);
        records.writeByte(1).writeMedium(claimed).writeBytes(body);
        ClientHello.read(records, UnpooledByteBufAllocator.DEFAULT);
        records.release();
    }
}
