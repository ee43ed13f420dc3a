package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a connection has said before its session had it. */
class SaidBeforeTest {

    private final List<String> heard = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final SaidBefore before = new SaidBefore(octets("said"));

    SaidBeforeTest() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(before);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void comes(String text) {
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(octets(text)));
    }

    private void listen() {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf buffer = (ByteBuf) message;
                heard.add(buffer.toString(StandardCharsets.US_ASCII));
                buffer.release();
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                heard.add("end");
            }
        });
        channel.read();
        channel.runPendingTasks();
    }

    @Test
    void isToldWhenSomebodyReadsAndBeforeWhatComesThen() {
        before.moved();
        listen();
        comes("more");
        assertThat(heard).containsExactly("said", "more");
        assertThat(channel.pipeline().context(before)).isNull();
        channel.finishAndReleaseAll();
    }

    /** The loop may look at its connections once more before it lets go of one. */
    @Test
    void whatComesOnTheWayToTheSessionIsNotLost() {
        comes("more");
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        before.moved();
        listen();
        assertThat(heard).containsExactly("said", "more", "end");
        channel.finishAndReleaseAll();
    }

    @Test
    void whatNobodyAsksForIsReleased() {
        ByteBuf more = Unpooled.buffer().writeByte(1);
        channel.pipeline().fireChannelRead(more);
        channel.close();
        assertThat(more.refCnt()).isZero();
        channel.finishAndReleaseAll();
    }
}
