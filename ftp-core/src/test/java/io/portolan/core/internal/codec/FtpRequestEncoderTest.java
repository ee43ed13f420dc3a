package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FtpRequestEncoderTest {

    private static String encode(FtpRequest request, ControlCharset charset) {
        try (CodecChannel channel = new CodecChannel(new FtpRequestEncoder(charset))) {
            channel.channel().writeOutbound(request);
            return channel.sentOctets();
        }
    }

    @Test
    void aRequestIsVerbSpaceArgumentAndLineEnd() {
        assertThat(encode(new FtpRequest("RETR", " a b "), ControlCharset.UTF_8))
                .isEqualTo("RETR  a b \r\n");
        assertThat(encode(new FtpRequest("PASV", ""), ControlCharset.UTF_8)).isEqualTo("PASV\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nDELE b", "a\rb", "a\nb", "a\0b", "\n", "\r"})
    void whatCouldEndTheLineIsRefusedInEveryArgument(String argument) {
        for (String verb : new String[] {"USER", "PASS", "ACCT", "CWD", "MKD", "RETR", "STOR", "SITE", "RNTO", "X"}) {
            assertRefused(new FtpRequest(verb, argument), ControlCharset.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"US\r\nER", "NO OP", "N\0", "\u00e9", "\u00ff"})
    void aVerbIsVisibleAsciiOnly(String verb) {
        assertRefused(new FtpRequest(verb, ""), ControlCharset.UTF_8);
    }

    @Test
    void aCharacterThatTheCharsetLacksIsRefusedRatherThanReplaced() {
        assertRefused(new FtpRequest("RETR", "\u6587"), ControlCharset.only(StandardCharsets.ISO_8859_1));
        assertRefused(new FtpRequest("RETR", "\ud800"), ControlCharset.UTF_8);
    }

    @Test
    void anOctetOf255IsDoubled() {
        assertThat(encode(new FtpRequest("CWD", "\u00ff"), ControlCharset.only(StandardCharsets.ISO_8859_1)))
                .isEqualTo("CWD \u00ff\u00ff\r\n");
    }

    private static void assertRefused(FtpRequest request, ControlCharset charset) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FtpRequestEncoder.encode(request, charset, UnpooledByteBufAllocator.DEFAULT));
        try (CodecChannel channel = new CodecChannel(new FtpRequestEncoder(charset))) {
            ChannelFuture write = channel.channel().writeAndFlush(request);
            assertThat(write.cause()).isInstanceOf(IllegalArgumentException.class);
            assertThat(channel.sentOctets()).isEmpty();
        }
    }
}
