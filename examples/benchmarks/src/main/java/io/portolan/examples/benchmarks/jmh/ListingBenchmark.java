package io.portolan.examples.benchmarks.jmh;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.Fact;
import io.portolan.core.internal.listing.FactsFormat;
import io.portolan.core.internal.listing.ListingFormat;
import io.portolan.core.internal.listing.MlsxParser;
import io.portolan.core.internal.listing.OctetWriter;
import io.portolan.core.internal.listing.UnixListFormat;
import io.portolan.core.internal.listing.UnixListParser;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One entry of a listing, written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ListingBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final DirectoryEntry entry = new DirectoryEntry(
            "file-01234.dat",
            FileInfo.builder(FileType.FILE)
                    .size(4096)
                    .modified(NOW.minusSeconds(100_000))
                    .permissionBits(0644)
                    .owner("alice")
                    .group("users")
                    .linkCount(1)
                    .build());
    private final ListingFormat list = new UnixListFormat(ControlCharset.UTF_8, NOW);
    private final ListingFormat facts = new FactsFormat(
            EnumSet.of(Fact.TYPE, Fact.SIZE, Fact.MODIFY, Fact.PERM), (name, info) -> "adfrw", ControlCharset.UTF_8);
    private final UnixListParser listParser = new UnixListParser(NOW, ZoneOffset.UTC);
    private final MlsxParser factsParser = new MlsxParser();
    private final OctetWriter out = new OctetWriter();
    private final ByteBuffer target = ByteBuffer.allocate(1024);

    private int written(ListingFormat format) {
        format.write(entry, out);
        target.clear();
        return out.drainTo(target);
    }

    @Benchmark
    public int unixLineWritten() {
        return written(list);
    }

    @Benchmark
    public int factsWritten() {
        return written(facts);
    }

    @Benchmark
    public Object unixLineParsed() {
        return listParser.parse("-rw-r--r--    1 alice    users            4096 Nov 21 08:13 file-01234.dat");
    }

    @Benchmark
    public Object factsParsed() {
        return factsParser.parse("type=file;size=4096;modify=20261121081320;perm=adfrw; file-01234.dat");
    }
}
