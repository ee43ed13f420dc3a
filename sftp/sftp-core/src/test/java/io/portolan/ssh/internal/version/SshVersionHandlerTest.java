package io.portolan.ssh.internal.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SshVersionHandlerTest {

    private static final String OURS = "SSH-2.0-Portolan_1.0";

    private final List<Object> events = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private EmbeddedChannel channel = new EmbeddedChannel();

    private void server() {
        channel = channel(SshVersionHandler.forServer(OURS));
    }

    private void client() {
        channel = channel(SshVersionHandler.forClient(OURS));
    }

    private EmbeddedChannel channel(SshVersionHandler handler) {
        return new EmbeddedChannel(handler, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                failures.add(cause);
            }
        });
    }

    private void receive(String octets) {
        channel.writeInbound(Unpooled.copiedBuffer(octets, StandardCharsets.ISO_8859_1));
    }

    private String rest() {
        StringBuilder rest = new StringBuilder();
        for (ByteBuf buffer = channel.readInbound(); buffer != null; buffer = channel.readInbound()) {
            rest.append(buffer.toString(StandardCharsets.ISO_8859_1));
            buffer.release();
        }
        return rest.toString();
    }

    private void assertExchanged(String remote) {
        assertThat(failures).isEmpty();
        assertThat(events).containsExactly(new VersionsExchanged(OURS, remote));
        assertThat(channel.pipeline().get(SshVersionHandler.class)).isNull();
    }

    private void assertRefused(String reason) {
        assertThat(events).isEmpty();
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).isInstanceOf(SshProtocolException.class).hasMessageContaining(reason);
        receive("SSH-2.0-again\r\n");
        assertThat(events).isEmpty();
        assertThat(failures).hasSize(1);
        assertThat(rest()).isEmpty();
    }

    @AfterEach
    void nothingStays() {
        channel.finishAndReleaseAll();
    }

    @Test
    void ourIdentificationIsSentAtOnce() {
        server();
        ByteBuf sent = channel.readOutbound();
        assertThat(sent.toString(StandardCharsets.US_ASCII)).isEqualTo("SSH-2.0-Portolan_1.0\r\n");
        sent.release();
        assertThat(channel.<ByteBuf>readOutbound()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3",
                "SSH-1.99-Cisco-1.25",
                "SSH-2.0-x",
                "SSH-2.0-",
                "SSH-2.0-paramiko_3.4.0 some comments"
            })
    void thePeersIdentificationIsTold(String theirs) {
        server();
        receive(theirs + "\r\n");
        assertExchanged(theirs);
        assertThat(rest()).isEmpty();
    }

    @Test
    void aLineFeedAloneEndsALineToo() {
        server();
        receive("SSH-2.0-old\n");
        assertExchanged("SSH-2.0-old");
    }

    @Test
    void whatComesBehindIsPassedOnWhereverTheReadsAreCut() {
        String all = "SSH-2.0-theirs\r\n\0\0\1\2SSH-2.0-not a line\r\n";
        for (int cut = 1; cut < all.length(); cut++) {
            events.clear();
            server();
            receive(all.substring(0, cut));
            receive(all.substring(cut));
            assertExchanged("SSH-2.0-theirs");
            assertThat(rest()).isEqualTo("\0\0\1\2SSH-2.0-not a line\r\n");
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void aServerTakesNothingBeforeTheIdentificationAndSaysSoAtTheFirstOctet() {
        server();
        receive("G");
        assertRefused("does not begin");
    }

    @Test
    void aServerTakesNoEmptyLine() {
        server();
        receive("\r\nSSH-2.0-x\r\n");
        assertRefused("does not begin");
    }

    @Test
    void anIdentificationMayHave255OctetsAndNoMore() {
        String longest = "SSH-2.0-" + "x".repeat(253 - 8);
        server();
        receive(longest + "\r\n");
        assertExchanged(longest);

        channel.finishAndReleaseAll();
        events.clear();
        server();
        receive(longest + "x\r\n");
        assertRefused("more than 255");
    }

    @Test
    void anIdentificationThatNeverEndsIsRefused() {
        server();
        receive("SSH-2.0-" + "x".repeat(248));
        assertRefused("more than 255");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SSH-1.5-old", "SSH-1.0-x", "SSH-2.1-x", "SSH-3.0-x", "SSH-2.0", "SSH-1.99", "SSH-", "SSH-2.00-x"
            })
    void otherVersionsAreRefused(String theirs) {
        server();
        receive(theirs + "\r\n");
        assertRefused("does not speak");
        channel.finishAndReleaseAll();
        failures.clear();
        client();
        receive(theirs + "\r\n");
        assertRefused("does not speak");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-a\0b",
                "SSH-2.0-a\033[2J",
                "SSH-2.0-a\rb",
                "SSH-2.0-\u00e9",
                "SSH-2.0-x\r\r",
                "SSH-2.0-a\tb"
            })
    void otherThanPrintableCharactersAreRefused(String theirs) {
        server();
        receive(theirs + "\r\n");
        assertRefused("printable");
    }

    @Test
    void aClientSkipsLinesBeforeTheIdentification() {
        client();
        receive("Welcome\r\n\r\n\nSS\nSSX\nNot SSH-2.0-x\r\n" + "x".repeat(8191) + "\nSSH-2.0-theirs\r\nrest");
        assertExchanged("SSH-2.0-theirs");
        assertThat(rest()).isEqualTo("rest");
    }

    @Test
    void aClientTakes1024LinesAndNoMore() {
        client();
        receive("x\r\n".repeat(1024) + "SSH-2.0-theirs\r\n");
        assertExchanged("SSH-2.0-theirs");

        channel.finishAndReleaseAll();
        events.clear();
        client();
        receive("x\r\n".repeat(1025));
        assertRefused("more than 1024 lines");
    }

    @Test
    void aClientTakesNoLineOfMoreThan8192Octets() {
        client();
        receive("x".repeat(8193));
        assertRefused("more than 8192");
    }

    @Test
    void anIdentificationOfOursThatCannotBeIsRefused() {
        for (String wrong :
                List.of("", "SSH-1.99-x", "SSH-2.0-a\r\nb", "SSH-2.0-\u00e9", "SSH-2.0-" + "x".repeat(246))) {
            assertThatThrownBy(() -> SshVersionHandler.forServer(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
