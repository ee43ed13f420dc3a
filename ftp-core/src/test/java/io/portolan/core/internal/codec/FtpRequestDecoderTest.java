package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.portolan.core.internal.codec.MalformedRequest.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FtpRequestDecoderTest {

    private static final int MAX_LINE = 64;
    private static final byte IAC = (byte) 255;
    private static final byte DONT = (byte) 254;
    private static final byte DO = (byte) 253;
    private static final byte WONT = (byte) 252;
    private static final byte WILL = (byte) 251;
    private static final byte SB = (byte) 250;
    private static final byte IP = (byte) 244;
    private static final byte DM = (byte) 242;
    private static final byte SE = (byte) 240;

    private final FtpRequestDecoder decoder = new FtpRequestDecoder(MAX_LINE, ControlCharset.UTF_8);

    private List<Object> decode(String octets) {
        return decode(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Object> decode(byte[]... parts) {
        try (CodecChannel channel = new CodecChannel(new FtpRequestDecoder(MAX_LINE, ControlCharset.UTF_8))) {
            for (byte[] part : parts) {
                channel.receive(part);
            }
            return channel.received();
        }
    }

    private static FtpRequest request(String verb, String argument) {
        return new FtpRequest(verb, argument);
    }

    private static MalformedRequest malformed(Reason reason) {
        return new MalformedRequest(reason);
    }

    @Test
    void aLineIsAVerbAndAnArgument() {
        assertThat(decode("RETR some file.txt\r\n")).containsExactly(request("RETR", "some file.txt"));
    }

    @Test
    void aVerbAloneHasNoArgument() {
        assertThat(decode("PASV\r\n")).containsExactly(request("PASV", ""));
    }

    @Test
    void oneSpaceSeparatesAndAllFurtherOnesBelongToTheArgument() {
        assertThat(decode("RETR   a b  \r\n")).containsExactly(request("RETR", "  a b  "));
    }

    @Test
    void aVerbIsTurnedToUpperCaseInAsciiOnly() {
        assertThat(decode("quit\r\n")).containsExactly(request("QUIT", ""));
        assertThat(decode("re\u00e4n x\r\n")).containsExactly(malformed(Reason.NO_VERB));
    }

    @Test
    void aLineFeedAloneEndsALineToo() {
        assertThat(decode("NOOP\nPWD\n")).containsExactly(request("NOOP", ""), request("PWD", ""));
    }

    @Test
    void aCarriageReturnAloneNeverEndsALine() {
        assertThat(decode("MKD a\rDELE b\r\n")).containsExactly(request("MKD", "a\rDELE b"));
    }

    @Test
    void carriageReturnAndNulAreACarriageReturnInAName() {
        byte[] line = {
            'M', 'K', 'D', ' ', //
            'a', '\r', 0, 'b', //
            '\r', '\n'
        };
        assertThat(decode(line)).containsExactly(request("MKD", "a\rb"));
    }

    @Test
    void aNameMayEndWithAnEscapedCarriageReturn() {
        assertThat(decode("MKD a\r\0\r\n")).containsExactly(request("MKD", "a\r"));
    }

    @Test
    void aNulElsewhereIsRefused() {
        assertThat(decode("MKD a\0b\r\n")).containsExactly(malformed(Reason.NUL));
        assertThat(decode("MKD \0\r\n")).containsExactly(malformed(Reason.NUL));
    }

    @Test
    void whatDoesNotBeginWithAWordIsRefused() {
        assertThat(decode(" NOOP\r\n")).containsExactly(malformed(Reason.NO_VERB));
        assertThat(decode("NO\tOP\r\n")).containsExactly(malformed(Reason.NO_VERB));
    }

    @Test
    void anEmptyLineIsRefused() {
        assertThat(decode("\r\n\n")).containsExactly(malformed(Reason.EMPTY), malformed(Reason.EMPTY));
    }

    @Test
    void pipelinedLinesComeInOrder() {
        assertThat(decode("USER a\r\nPASS b\r\nTYPE I\r\n"))
                .containsExactly(request("USER", "a"), request("PASS", "b"), request("TYPE", "I"));
    }

    @Test
    void argumentsAreUtf8() {
        byte[] line = "STOR na\u00efve \ud83d\ude80.txt\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(decode(line)).containsExactly(request("STOR", "na\u00efve \ud83d\ude80.txt"));
    }

    @Test
    void argumentsThatAreNotUtf8AreReadInTheFallback() {
        assertThat(decode("STOR na\u00efve.txt\r\n")).containsExactly(request("STOR", "na\u00efve.txt"));
    }

    @Test
    void aReplacementCharacterThatWasSentIsNoMistake() {
        byte[] line = "STOR a\ufffdb\r\n".getBytes(StandardCharsets.UTF_8);
        assertThat(decode(line)).containsExactly(request("STOR", "a\ufffdb"));
    }

    @Test
    void aDoubledIacIsOneOctet() {
        byte[] line = {'C', 'W', 'D', ' ', IAC, IAC, '\r', '\n'};
        assertThat(decode(line)).containsExactly(request("CWD", "\u00ff"));
    }

    @Test
    void everyOptionIsRefused() {
        byte[] octets = {
            IAC, DO, 1, //
            IAC, WILL, 3, //
            IAC, WONT, 4, //
            IAC, DONT, '\n', //
            'N', 'O', 'O', 'P', '\r', '\n'
        };
        try (CodecChannel channel = new CodecChannel(decoder)) {
            channel.receive(octets);
            assertThat(channel.received()).containsExactly(request("NOOP", ""));
            byte[] refusals = {
                IAC, WONT, 1, //
                IAC, DONT, 3
            };
            assertThat(channel.sentOctets()).isEqualTo(new String(refusals, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aFloodOfOptionsIsAnsweredOnlySoManyTimes() {
        byte[] octets = new byte[3000];
        for (int i = 0; i < octets.length; i += 3) {
            octets[i] = IAC;
            octets[i + 1] = DO;
            octets[i + 2] = 1;
        }
        try (CodecChannel channel = new CodecChannel(decoder)) {
            channel.receive(octets);
            assertThat(channel.sentOctets()).hasSize(3 * TelnetLineDecoder.MAX_REFUSALS);
        }
    }

    @Test
    void aSubnegotiationIsSkipped() {
        byte[] octets = {
            IAC, SB, 24, 'N', '\n', IAC, IAC, 'x', IAC, SE, //
            'N', 'O', 'O', 'P', '\r', '\n'
        };
        assertThat(decode(octets)).containsExactly(request("NOOP", ""));
    }

    @Test
    void aSynchBeforeAborIsTakenOut() {
        byte[] octets = {IAC, IP, IAC, DM, 'A', 'B', 'O', 'R', '\r', '\n'};
        assertThat(decode(octets)).containsExactly(request("ABOR", ""));
    }

    @Test
    void aSynchWhoseDataMarkWentTheUrgentWayIsTakenOut() {
        byte[] octets = {IAC, IP, IAC, 'A', 'B', 'O', 'R', '\r', '\n'};
        assertThat(decode(octets)).containsExactly(request("ABOR", ""));
    }

    @Test
    void aSynchWhoseSecondIacWentTheUrgentWayIsTakenOut() {
        byte[] octets = {IAC, IP, DM, 'A', 'B', 'O', 'R', '\r', '\n'};
        assertThat(decode(octets)).containsExactly(request("ABOR", ""));
    }

    @Test
    void aSynchWhoseInterruptWentTheUrgentWayIsTakenOut() {
        byte[] octets = {IAC, IAC, DM, 'A', 'B', 'O', 'R', '\r', '\n'};
        assertThat(decode(octets)).containsExactly(request("ABOR", ""));
    }

    @Test
    void aLineOfTheLimitPasses() {
        String argument = "x".repeat(MAX_LINE - 6);
        assertThat(decode("STOR " + argument + "\r\n")).containsExactly(request("STOR", argument));
    }

    @Test
    void aLineOverTheLimitIsToldOnceAndSkippedToItsEnd() {
        assertThat(decode("STOR " + "x".repeat(1000) + "\r\nNOOP\r\n"))
                .containsExactly(malformed(Reason.TOO_LONG), request("NOOP", ""));
    }

    @Test
    void aLineOverTheLimitInPiecesIsToldOnceAndSkippedToItsEnd() {
        byte[] piece = "x".repeat(40).getBytes(StandardCharsets.US_ASCII);
        byte[] end = "\r\nNOOP\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(decode(piece, piece, piece, piece, end))
                .containsExactly(malformed(Reason.TOO_LONG), request("NOOP", ""));
    }

    @Test
    void aLineWithoutEndTakesNoMemory() {
        try (CodecChannel channel = new CodecChannel(decoder)) {
            byte[] piece = new byte[16 * 1024];
            Arrays.fill(piece, (byte) 'x');
            for (int i = 0; i < 512; i++) {
                channel.receive(piece);
                assertThat(channel.held()).isZero();
            }
            assertThat(channel.received()).containsExactly(malformed(Reason.TOO_LONG));
        }
    }

    @Test
    void anEndlessLineOfDoubledIacsTakesNoMemory() {
        try (CodecChannel channel = new CodecChannel(decoder)) {
            byte[] piece = new byte[16 * 1024];
            Arrays.fill(piece, IAC);
            for (int i = 0; i < 64; i++) {
                channel.receive(piece);
                assertThat(channel.held()).isZero();
            }
            assertThat(channel.received()).containsExactly(malformed(Reason.TOO_LONG));
        }
    }

    @Test
    void anIdleSessionHoldsNoBuffer() {
        try (CodecChannel channel = new CodecChannel(decoder)) {
            channel.receive("NO");
            assertThat(channel.held()).isPositive();
            channel.receive("OP\r\n");
            assertThat(channel.held()).isZero();
        }
    }

    @Test
    void anUnfinishedLineIsNoCommandWhenThePeerIsGone() {
        assertThat(decode("DELE precious")).isEmpty();
    }

    @Test
    void theBeginningOfALineCountsAsBuffered() {
        try (CodecChannel channel = new CodecChannel(decoder)) {
            assertThat(decoder.hasBufferedBytes()).isFalse();
            channel.receive("A");
            assertThat(decoder.hasBufferedBytes()).isTrue();
            channel.receive("UTH TLS\r\n");
            assertThat(decoder.hasBufferedBytes()).isFalse();
            channel.receive(new byte[] {IAC});
            assertThat(decoder.hasBufferedBytes()).isTrue();
        }
    }

    @Test
    void whatFollowsAuthInTheSameReadCountsAsBufferedAndCanBeDiscarded() {
        List<Object> seen = new ArrayList<>();
        List<Boolean> buffered = new ArrayList<>();
        ChannelInboundHandlerAdapter session = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                seen.add(message);
                buffered.add(decoder.hasBufferedBytes());
                decoder.discardBufferedBytes();
            }
        };
        try (CodecChannel channel = new CodecChannel(decoder, session)) {
            channel.receive("AUTH TLS\r\nUSER injected\r\nPA");
            channel.receive("NOOP\r\n");
        }
        assertThat(seen).containsExactly(request("AUTH", "TLS"), request("NOOP", ""));
        assertThat(buffered).containsExactly(true, false);
    }

    @Test
    void discardingInTheMiddleOfAnOverlongLineIsSafe() {
        ChannelInboundHandlerAdapter session = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                decoder.discardBufferedBytes();
                ctx.fireChannelRead(message);
            }
        };
        try (CodecChannel channel = new CodecChannel(decoder, session)) {
            channel.receive("x".repeat(100) + "\r\nNOOP\r\n");
            channel.receive("x".repeat(100));
            channel.receive("PWD\r\n");
            assertThat(channel.received())
                    .containsExactly(malformed(Reason.TOO_LONG), malformed(Reason.TOO_LONG), request("PWD", ""));
        }
    }

    @Test
    void aHandlerThatReadsByHandIsNotLeftWaitingForTheRestOfALine() {
        List<String> events = new ArrayList<>();
        ChannelOutboundHandlerAdapter reads = new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                events.add("read");
            }
        };
        try (CodecChannel channel = new CodecChannel(reads, decoder)) {
            channel.channel().config().setAutoRead(false);
            events.clear();
            channel.receive("NO");
            assertThat(events).containsExactly("read");
            channel.receive("OP\r\n");
            assertThat(events).containsExactly("read");
        }
    }
}
