package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A channel with handlers under test, whose allocator counts, so that a test sees at once what was not given back. */
final class CodecChannel implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, false, true);
    private final EmbeddedChannel channel = new EmbeddedChannel();

    CodecChannel(ChannelHandler... handlers) {
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(handlers);
    }

    EmbeddedChannel channel() {
        return channel;
    }

    ByteBuf buffer(byte[] octets) {
        return allocator.heapBuffer(Math.max(1, octets.length)).writeBytes(octets);
    }

    /** Octets of the heap that buffers of this channel hold now. */
    long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    void receive(byte[] octets) {
        channel.writeInbound(buffer(octets));
    }

    /** Each character stands for one octet. */
    void receive(String octets) {
        receive(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    List<Object> received() {
        List<Object> result = new ArrayList<>();
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            result.add(message);
        }
        return result;
    }

    /** The octets of all messages that were passed on. */
    String receivedOctets() {
        return octets(received());
    }

    String sentOctets() {
        List<Object> result = new ArrayList<>();
        for (Object message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            result.add(message);
        }
        return octets(result);
    }

    private static String octets(List<Object> buffers) {
        StringBuilder out = new StringBuilder();
        for (Object message : buffers) {
            ByteBuf buffer = (ByteBuf) message;
            out.append(buffer.toString(StandardCharsets.ISO_8859_1));
            buffer.release();
        }
        return out.toString();
    }

    /** Ends the channel; nothing may be left behind. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(held()).as("octets in buffers that were not given back").isZero();
    }
}
