package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.util.function.BooleanSupplier;

/**
 * Stands before TLS on a control connection that goes back into the clear (RFC 4217 §12.2), until the client's close_notify has come. Some clients never send it, and begin to speak in the clear at once.
 */
final class ClearedControl extends ChannelInboundHandlerAdapter {

    private static final int FIRST_RECORD_TYPE = 20;
    private static final int LAST_RECORD_TYPE = 24;

    private static final int RECORD_HEADER = 5;
    private static final int MAX_LENGTH = 0xffff;

    private final BooleanSupplier ended;
    private final Runnable cleared;

    /** How much there is of the header of the record that has begun. */
    private int header;

    /** Once that is whole, what is still to come of the record. */
    private int length;

    /**
     * Makes the handler.
     *
     * @param ended whether the client's close_notify has come; the engines tell it when asked, but the handler of TLS can take our own end for it
     * @param cleared takes TLS and this handler out of the pipeline
     */
    ClearedControl(BooleanSupplier ended, Runnable cleared) {
        this.ended = ended;
        this.cleared = cleared;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        if (header == 0 && octets.isReadable() && !isRecord(octets.getUnsignedByte(octets.readerIndex()))) {
            ChannelPipeline pipeline = ctx.pipeline();
            cleared.run();
            pipeline.fireChannelRead(message);
            return;
        }
        follow(octets);
        ctx.fireChannelRead(message);
        if (!ctx.isRemoved() && ended.getAsBoolean()) {
            cleared.run();
        }
    }

    private static boolean isRecord(int type) {
        return type >= FIRST_RECORD_TYPE && type <= LAST_RECORD_TYPE;
    }

    /** A record may come in pieces, whose first octets are anything. */
    private void follow(ByteBuf octets) {
        int at = octets.readerIndex();
        while (at < octets.writerIndex()) {
            if (header == RECORD_HEADER) {
                int piece = Math.min(length, octets.writerIndex() - at);
                length -= piece;
                at += piece;
            } else {
                int octet = octets.getUnsignedByte(at);
                if (header == 0 && !isRecord(octet)) {
                    // behind the last record, which TLS is about to find
                    return;
                }
                // its last two octets are the length
                length = (length << Byte.SIZE | octet) & MAX_LENGTH;
                header++;
                at++;
            }
            if (header == RECORD_HEADER && length == 0) {
                header = 0;
            }
        }
    }
}
