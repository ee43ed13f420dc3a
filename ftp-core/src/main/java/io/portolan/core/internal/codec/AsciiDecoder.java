package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Network ASCII to text with line feeds (RFC 959, section 3.1.1.1): CR LF becomes LF; a CR before anything else, and a LF alone, stay. Keeps one bit from
 * chunk to chunk.
 */
public final class AsciiDecoder {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    /** The last chunk ended with a CR, which is not passed on yet. */
    private boolean holdsCarriageReturn;

    /**
     * Converts a chunk.
     *
     * @param in the chunk; it is released, or returned as it is
     * @return the converted chunk, at most one octet longer; maybe empty
     */
    public ByteBuf decode(ByteBuf in, ByteBufAllocator allocator) {
        int end = in.writerIndex();
        int from = in.readerIndex();
        if (from == end) {
            return in;
        }
        int carriageReturn = in.indexOf(from, end, CR);
        if (carriageReturn < 0 && !holdsCarriageReturn) {
            return in;
        }
        ByteBuf out = allocator.buffer(end - from + 1);
        try {
            if (holdsCarriageReturn && in.getByte(from) != LF) {
                out.writeByte(CR);
            }
            holdsCarriageReturn = false;
            while (carriageReturn >= 0) {
                out.writeBytes(in, from, carriageReturn - from);
                from = carriageReturn + 1;
                if (from == end) {
                    holdsCarriageReturn = true;
                } else if (in.getByte(from) != LF) {
                    out.writeByte(CR);
                }
                carriageReturn = in.indexOf(from, end, CR);
            }
            out.writeBytes(in, from, end - from);
        } finally {
            in.release();
        }
        return out;
    }

    /**
     * Ends the text.
     *
     * @return whether a CR was held that has to be passed on now
     */
    public boolean finish() {
        boolean held = holdsCarriageReturn;
        holdsCarriageReturn = false;
        return held;
    }
}
