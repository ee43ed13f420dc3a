package io.portolan.examples.benchmarks.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.portolan.core.internal.codec.AsciiDecoder;
import io.portolan.core.internal.codec.AsciiEncoder;
import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.codec.DeflateEncoder;
import io.portolan.core.internal.codec.FtpReplyEncoder;
import io.portolan.core.internal.codec.FtpRequestDecoder;
import io.portolan.ftp.FtpReply;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a command costs, and what the conversions of a data connection do to 64 KiB. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final int CHUNK = 64 * 1024;

    /** Network lines of eighty octets, as most text has them. */
    private static final int LINE = 80;

    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final EmbeddedChannel requests =
            new EmbeddedChannel(new FtpRequestDecoder(FtpRequestDecoder.DEFAULT_MAX_LINE, ControlCharset.UTF_8));
    private final byte[] line = "RETR some/folder/a file of a usual name.txt\r\n".getBytes(StandardCharsets.US_ASCII);
    private final FtpReply reply = FtpReply.of(226, "Transfer complete.");
    private final byte[] stored = text("\n");
    private final byte[] network = text("\r\n");
    private final AsciiEncoder ascii = new AsciiEncoder();
    private final AsciiDecoder text = new AsciiDecoder();
    private final DeflateEncoder deflate = new DeflateEncoder(1);

    private static byte[] text(String end) {
        String one = "x".repeat(LINE - end.length()) + end;
        return one.repeat(CHUNK / LINE).getBytes(StandardCharsets.US_ASCII);
    }

    @TearDown
    public void close() {
        requests.finishAndReleaseAll();
        deflate.close();
    }

    private ByteBuf buffer(byte[] bytes) {
        return allocator.directBuffer(bytes.length).writeBytes(bytes);
    }

    @Benchmark
    public Object requestDecoded() {
        requests.writeInbound(buffer(line));
        return requests.readInbound();
    }

    @Benchmark
    public int replyEncoded() {
        ByteBuf out = FtpReplyEncoder.encode(reply, ControlCharset.UTF_8, allocator);
        int length = out.readableBytes();
        out.release();
        return length;
    }

    @Benchmark
    public boolean asciiEncoded() {
        return ReferenceCountUtil.release(ascii.encode(buffer(stored), allocator));
    }

    @Benchmark
    public boolean asciiDecoded() {
        return ReferenceCountUtil.release(text.decode(buffer(network), allocator));
    }

    @Benchmark
    public boolean deflated() {
        ByteBuf in = buffer(stored);
        ByteBuf out = allocator.directBuffer(CHUNK);
        deflate.encode(in, out);
        in.release();
        return out.release();
    }
}
