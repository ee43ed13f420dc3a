package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FtpReplyEncoderTest {

    private static String encode(FtpReply reply, ControlCharset charset) {
        ByteBuf out = FtpReplyEncoder.encode(reply, charset, UnpooledByteBufAllocator.DEFAULT);
        try {
            return out.toString(StandardCharsets.ISO_8859_1);
        } finally {
            out.release();
        }
    }

    private static String encode(FtpReply reply) {
        return encode(reply, ControlCharset.UTF_8);
    }

    @Test
    void aReplyOfOneLineIsCodeSpaceTextAndLineEnd() {
        assertThat(encode(FtpReply.of(FtpReplyCode.COMMAND_OK, "NOOP ok."))).isEqualTo("200 NOOP ok.\r\n");
    }

    @Test
    void aReplyOfSeveralLinesHasTheCodeOnTheFirstAndTheLast() {
        FtpReply features = FtpReply.multiline(FtpReplyCode.SYSTEM_STATUS, List.of("Features", " MLST size*;", "End"));
        assertThat(encode(features)).isEqualTo("211-Features\r\n MLST size*;\r\n211 End\r\n");
    }

    @Test
    void aLineBetweenThatBeginsWithADigitIsIndented() {
        FtpReply status = FtpReply.multiline(FtpReplyCode.FILE_STATUS, List.of("Status", "213 forged end", "End"));
        assertThat(encode(status)).isEqualTo("213-Status\r\n 213 forged end\r\n213 End\r\n");
    }

    @Test
    void aNameWithALineEndCannotSplitTheReply() {
        assertThat(encode(FtpReply.of(257, "\"/a\r\n230 Logged in\" created")))
                .isEqualTo("257 \"/a??230 Logged in\" created\r\n");
    }

    @Test
    void allControlCharactersAndLineSeparatorsAreReplaced() {
        assertThat(encode(FtpReply.of(200, "\0\u0007\u001b\u007f\u0085\u009b\u2028\u2029\ta")))
                .isEqualTo("200 ????????\ta\r\n");
    }

    @Test
    void textIsUtf8() {
        assertThat(encode(FtpReply.of(257, "\u00e9"))).isEqualTo("257 \u00c3\u00a9\r\n");
    }

    @Test
    void anOctetOf255IsDoubled() {
        assertThat(encode(FtpReply.of(257, "\u00ff"), ControlCharset.only(StandardCharsets.ISO_8859_1)))
                .isEqualTo("257 \u00ff\u00ff\r\n");
    }

    @Test
    void oneReplyIsOneWrite() {
        try (CodecChannel channel = new CodecChannel(new FtpReplyEncoder(ControlCharset.UTF_8))) {
            channel.channel().writeOutbound(FtpReply.multiline(211, List.of("a", "b", "c")));
            assertThat(channel.channel().outboundMessages()).hasSize(1);
            assertThat(channel.sentOctets()).isEqualTo("211-a\r\nb\r\n211 c\r\n");
        }
    }

    @Property
    void noTextMakesMoreLinesThanWereGiven(@ForAll @Size(min = 1, max = 5) List<String> lines) {
        String wire = encode(FtpReply.multiline(213, lines));
        assertThat(wire).endsWith("\r\n");
        String[] sent = wire.split("\r\n", -1);
        assertThat(sent).hasSize(lines.size() + 1).noneMatch(line -> line.contains("\r") || line.contains("\n"));
        for (int i = 0; i < lines.size() - 1; i++) {
            assertThat(sent[i]).doesNotStartWith("213 ");
        }
    }
}
