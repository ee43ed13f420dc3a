package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Stored text to network ASCII (RFC 959, section 3.1.1.1): a LF becomes CR LF. A CR LF that is there already stays one, since files with such lines are
 * common and CR CR LF helps nobody. Keeps one bit from chunk to chunk.
 */
public final class AsciiEncoder {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private boolean afterCarriageReturn;

    /**
     * Converts a chunk.
     *
     * @param in the chunk; it is released, or returned as it is
     * @return the converted chunk, at most twice as long
     */
    public ByteBuf encode(ByteBuf in, ByteBufAllocator allocator) {
        int end = in.writerIndex();
        int from = in.readerIndex();
        int lineFeed = in.indexOf(from, end, LF);
        if (lineFeed < 0) {
            afterCarriageReturn = from == end ? afterCarriageReturn : in.getByte(end - 1) == CR;
            return in;
        }
        // A line in sixteen octets: room enough for nearly all text without growing.
        ByteBuf out = allocator.buffer(end - from + (end - from >> 4) + 16);
        try {
            while (lineFeed >= 0) {
                boolean isEnded = lineFeed == from ? afterCarriageReturn : in.getByte(lineFeed - 1) == CR;
                out.writeBytes(in, from, lineFeed - from);
                if (!isEnded) {
                    out.writeByte(CR);
                }
                out.writeByte(LF);
                afterCarriageReturn = false;
                from = lineFeed + 1;
                lineFeed = in.indexOf(from, end, LF);
            }
            if (from < end) {
                out.writeBytes(in, from, end - from);
                afterCarriageReturn = in.getByte(end - 1) == CR;
            }
        } finally {
            in.release();
        }
        return out;
    }
}
