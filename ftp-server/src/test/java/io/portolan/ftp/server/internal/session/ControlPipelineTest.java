package io.portolan.ftp.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ControlPipelineTest {

    private static ChannelHandler handler() {
        return new ChannelInboundHandlerAdapter();
    }

    @Test
    void theHandlersStandInTheOrderThatIsWrittenDown() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ChannelHandler request = handler();
        ChannelHandler reply = handler();
        ChannelHandler sequence = handler();
        ChannelHandler session = handler();

        ControlPipeline.install(channel.pipeline(), request, reply, sequence, session);

        assertThat(channel.pipeline().toMap().values()).containsSubsequence(request, reply, sequence, session);
        assertThat(channel.pipeline().names()).containsSubsequence("request", "reply", "sequence", "session");
        channel.finishAndReleaseAll();
    }
}
