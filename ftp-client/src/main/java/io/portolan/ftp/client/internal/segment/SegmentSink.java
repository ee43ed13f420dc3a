package io.portolan.ftp.client.internal.segment;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes one segment to its place, and ends the transfer behind it: FTP has no other way to say where a download ends. */
final class SegmentSink implements WritableFile {

    private final SegmentPlan plan;
    private final Segment segment;
    private final FileChannel file;
    private final long size;
    private final Runnable enough;

    /**
     * A sink.
     *
     * @param size octets of the file; a segment that ends there ends by itself
     * @param enough called when the segment is full and more would come; perhaps several times
     */
    SegmentSink(SegmentPlan plan, Segment segment, FileChannel file, long size, Runnable enough) {
        this.plan = plan;
        this.segment = segment;
        this.file = file;
        this.size = size;
        this.enough = enough;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        long position = plan.position(segment);
        int claimed = plan.claim(segment, source.remaining());
        ByteBuffer part = source.duplicate().limit(source.position() + claimed);
        while (part.hasRemaining()) {
            position += file.write(part, position);
        }
        plan.written(claimed);
        boolean more = claimed < source.remaining();
        source.position(source.limit());
        if (plan.isFull(segment) && (more || plan.position(segment) < size)) {
            enough.run();
        }
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
}
