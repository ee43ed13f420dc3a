package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * MODE Z's expanding end (draft-preston-ftpext-deflate-04): one zlib stream per transfer, expanded step by step into room that the caller gives, so that the
 * caller decides how much is in memory. Holds native memory until {@link #close()}; not for several threads at a time.
 */
public final class InflateDecoder implements AutoCloseable {

    /**
     * Octets out per octet in. Real files stay far below (text 5, logs 50); deflate itself ends at 1032, which only a run of one octet reaches: a bomb, or
     * an empty disk image.
     */
    public static final int DEFAULT_MAX_RATIO = 1000;

    /** Octets from which the ratio counts: a small file may be of one octet throughout. */
    static final long RATIO_COUNTS_FROM = 1024 * 1024;

    private final Inflater inflater = new Inflater();
    private final int maxRatio;
    private final long maxTotal;
    private boolean finished;
    private boolean closed;

    /**
     * Makes a decoder.
     *
     * @param maxRatio octets out per octet in, 1 or more
     * @param maxTotal octets out in all
     */
    public InflateDecoder(int maxRatio, long maxTotal) {
        if (maxRatio < 1 || maxTotal < 0) {
            throw new IllegalArgumentException("maxRatio: " + maxRatio + ", maxTotal: " + maxTotal + " are no limits");
        }
        this.maxRatio = maxRatio;
        this.maxTotal = maxTotal;
    }

    /**
     * Expands some of {@code in} into the room that {@code out} has, without growing it.
     *
     * @return whether {@code out} was filled, so that more may be to come from what was read already
     * @throws DecompressionLimitException if a limit is passed
     * @throws DecompressionException if it is no zlib stream, or something follows its end
     */
    public boolean decode(ByteBuf in, ByteBuf out) throws DecompressionException {
        while (out.isWritable()) {
            if (finished) {
                if (in.isReadable()) {
                    throw new DecompressionException("octets behind the end of the compressed data");
                }
                return false;
            }
            if (!step(in, out) && !in.isReadable()) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether anything was expanded. */
    private boolean step(ByteBuf in, ByteBuf out) throws DecompressionException {
        // One component at a time where the buffer is composed of several; the inflater keeps no input between the
        // calls.
        ByteBuffer source = in.nioBufferCount() == 1 ? in.nioBuffer() : in.nioBuffers()[0];
        int available = source.remaining();
        inflater.setInput(source);
        ByteBuffer target = out.nioBuffer(out.writerIndex(), out.writableBytes());
        int written;
        try {
            written = inflater.inflate(target);
        } catch (DataFormatException e) {
            throw new DecompressionException("not compressed data");
        }
        in.skipBytes(available - source.remaining());
        out.writerIndex(out.writerIndex() + written);
        if (inflater.needsDictionary()) {
            throw new DecompressionException("compressed with a dictionary");
        }
        checkLimits();
        finished = inflater.finished();
        return written > 0;
    }

    private void checkLimits() throws DecompressionLimitException {
        long total = inflater.getBytesWritten();
        if (total > maxTotal) {
            throw new DecompressionLimitException("expands to more than " + maxTotal + " octets");
        }
        if (total > RATIO_COUNTS_FROM && total / maxRatio > inflater.getBytesRead()) {
            throw new DecompressionLimitException("expands to more than " + maxRatio + " times its size");
        }
    }

    /** Whether the stream's end was reached, its checksum included: only then is the upload whole. */
    public boolean isFinished() {
        return finished;
    }

    /** Frees the native memory. May be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            inflater.end();
        }
    }
}
