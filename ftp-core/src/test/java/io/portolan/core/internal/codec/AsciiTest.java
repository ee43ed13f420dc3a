package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class AsciiTest {

    private static String send(String... parts) {
        try (CodecChannel channel = new CodecChannel(new AsciiHandler())) {
            for (String part : parts) {
                channel.channel().writeOutbound(channel.buffer(part.getBytes(StandardCharsets.ISO_8859_1)));
            }
            return channel.sentOctets();
        }
    }

    private static String receive(String... parts) {
        try (CodecChannel channel = new CodecChannel(new AsciiHandler())) {
            for (String part : parts) {
                channel.receive(part);
            }
            channel.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            return channel.receivedOctets();
        }
    }

    @Test
    void lineFeedsAreSentWithACarriageReturn() {
        assertThat(send("a\nb\n\nc")).isEqualTo("a\r\nb\r\n\r\nc");
    }

    @Test
    void whatEndsWithBothAlreadyIsNotDoubled() {
        assertThat(send("a\r\nb\r", "\nc")).isEqualTo("a\r\nb\r\nc");
    }

    @Test
    void aSecondLineFeedGetsItsOwnCarriageReturn() {
        assertThat(send("a\r", "\n", "\n", "", "\n")).isEqualTo("a\r\n\r\n\r\n");
    }

    @Test
    void receivedLineEndsBecomeLineFeeds() {
        assertThat(receive("a\r\nb\r\n")).isEqualTo("a\nb\n");
    }

    @Test
    void aCarriageReturnAloneAndALineFeedAloneStay() {
        assertThat(receive("a\rb\nc\r\r\nd")).isEqualTo("a\rb\nc\r\nd");
    }

    @Test
    void aCarriageReturnAtTheVeryEndIsNotLost() {
        assertThat(receive("a\r")).isEqualTo("a\r");
        try (CodecChannel channel = new CodecChannel(new AsciiHandler())) {
            channel.receive("a\r");
            channel.channel().close();
            assertThat(channel.receivedOctets()).isEqualTo("a\r");
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\r\n").ofMaxLength(24);
    }

    @Property
    void receivingSplitAtAnyIndexChangesNothing(@ForAll("texts") String text) {
        String expected = text.replace("\r\n", "\n");
        for (int i = 0; i <= text.length(); i++) {
            assertThat(receive(text.substring(0, i), text.substring(i))).isEqualTo(expected);
        }
    }

    @Property
    void sendingSplitAtAnyIndexChangesNothing(@ForAll("texts") String text) {
        String expected = text.replaceAll("(?<!\r)\n", "\r\n");
        for (int i = 0; i <= text.length(); i++) {
            assertThat(send(text.substring(0, i), text.substring(i))).isEqualTo(expected);
        }
    }

    @Property
    void textWithLineFeedsComesBackAsItWas(@ForAll("texts") String text) {
        String unix = text.replace("\r", "");
        assertThat(receive(send(unix))).isEqualTo(unix);
    }
}
