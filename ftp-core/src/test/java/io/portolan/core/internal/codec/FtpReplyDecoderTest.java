package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.portolan.ftp.FtpReply;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class FtpReplyDecoderTest {

    private static CodecChannel channel() {
        return new CodecChannel(new FtpReplyDecoder(ControlCharset.UTF_8));
    }

    private static List<Object> decode(String octets) {
        try (CodecChannel channel = channel()) {
            channel.receive(octets);
            return channel.received();
        }
    }

    private static void assertRefused(String octets) {
        try (CodecChannel channel = channel()) {
            assertThatExceptionOfType(MalformedReplyException.class).isThrownBy(() -> channel.receive(octets));
            channel.receive("\r\n200 too late\r\n");
            assertThat(channel.received()).isEmpty();
        }
    }

    @Test
    void aReplyOfOneLineIsRead() {
        assertThat(decode("220 Hello\r\n")).containsExactly(FtpReply.of(220, "Hello"));
    }

    @Test
    void aCodeAloneIsAReply() {
        assertThat(decode("220\r\n")).containsExactly(FtpReply.of(220, ""));
    }

    @Test
    void aReplyOfSeveralLinesEndsAtItsOwnCodeAndASpace() {
        String wire = """
                211-Features\r
                 MLST type*;\r
                226 not the end\r
                \r
                211 End\r
                """;
        assertThat(decode(wire))
                .containsExactly(
                        FtpReply.multiline(211, List.of("Features", " MLST type*;", "226 not the end", "", "End")));
    }

    @Test
    void linesBetweenThatRepeatTheCodeLoseIt() {
        assertThat(decode("230-Welcome\r\n230-to all\r\n230 Go\r\n"))
                .containsExactly(FtpReply.multiline(230, List.of("Welcome", "to all", "Go")));
    }

    @Test
    void bareLineFeedsAndEmptyLinesBetweenRepliesAreForgiven() {
        assertThat(decode("220 a\n\r\n\n200 b\n")).containsExactly(FtpReply.of(220, "a"), FtpReply.of(200, "b"));
    }

    @Test
    void whatHasNoCodeIsRefused() {
        assertRefused("SSH-2.0-OpenSSH_9.2\r\n");
        assertRefused("099 x\r\n");
        assertRefused("700 x\r\n");
        assertRefused("2200 x\r\n");
        assertRefused("22x x\r\n");
    }

    @Test
    void aLineOfMoreThanTheLimitIsRefused() {
        assertRefused("220 " + "x".repeat(FtpReplyDecoder.MAX_LINE));
    }

    @Test
    void aReplyOfMoreLinesThanTheLimitIsRefused() {
        assertRefused("220-\r\n" + "\r\n".repeat(FtpReplyDecoder.MAX_LINES));
    }

    @Test
    void aReplyOfMoreOctetsThanTheLimitIsRefused() {
        assertRefused("220-\r\n" + ("x".repeat(1000) + "\r\n").repeat(FtpReplyDecoder.MAX_REPLY / 1000 + 1));
    }

    @Test
    void anOpenReplyCountsAsBuffered() {
        FtpReplyDecoder decoder = new FtpReplyDecoder(ControlCharset.UTF_8);
        try (CodecChannel channel = new CodecChannel(decoder)) {
            channel.receive("234-Go\r\n");
            assertThat(decoder.hasBufferedBytes()).isTrue();
            channel.receive("234 ahead\r\n");
            assertThat(decoder.hasBufferedBytes()).isFalse();
        }
    }

    @Provide
    Arbitrary<FtpReply> replies() {
        Arbitrary<String> line = Arbitraries.strings()
                .withChars("abc 123-;=/\"\u00e9\u6587\u00ff")
                .ofMaxLength(30)
                .filter(text -> text.isEmpty() || !Character.isDigit(text.charAt(0)));
        return Combinators.combine(
                        Arbitraries.integers().between(100, 699),
                        line.list().ofMinSize(1).ofMaxSize(6))
                .as(FtpReply::multiline);
    }

    @Property(tries = 100)
    void whatTheServerSendsTheClientReads(@ForAll("replies") FtpReply reply) {
        byte[] wire = wire(reply);
        for (int i = 0; i <= wire.length; i++) {
            try (CodecChannel channel = channel()) {
                channel.receive(Arrays.copyOf(wire, i));
                channel.receive(Arrays.copyOfRange(wire, i, wire.length));
                assertThat(channel.received()).containsExactly(reply);
            }
        }
    }

    private static byte[] wire(FtpReply reply) {
        ByteBuf out = FtpReplyEncoder.encode(reply, ControlCharset.UTF_8, UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.getBytes(out);
        } finally {
            out.release();
        }
    }

    @Property
    void hostileOctetsGiveRepliesOrTheDecodersOwnException(@ForAll byte[] octets) {
        try (CodecChannel channel = channel()) {
            try {
                channel.receive("220-x\r\n");
                channel.receive(octets);
                channel.receive("\r\n");
                channel.receive(octets);
            } catch (Exception e) {
                assertThat(e).isInstanceOf(MalformedReplyException.class);
            }
            assertThat(channel.received()).allMatch(message -> message instanceof FtpReply);
        }
    }
}
