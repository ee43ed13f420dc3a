package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.portolan.ftp.FtpReply;
import java.util.List;

/**
 * {@link FtpReply} to octets (RFC 959, section 4.2), one write per reply.
 *
 * <p>No text can split a reply: each control character and Unicode line separator becomes {@code ?}, but for the tab. RFC 2640 would have a CR in a name sent
 * as CR NUL, yet clients that take a bare CR for a line's end are many, and no path of ours holds a CR.
 */
public final class FtpReplyEncoder extends ChannelOutboundHandlerAdapter {

    private ControlCharset charset;

    /** Makes an encoder. */
    public FtpReplyEncoder(ControlCharset charset) {
        this.charset = charset;
    }

    /** Writes further replies in another charset ({@code OPTS UTF8}). */
    public void charset(ControlCharset newCharset) {
        charset = newCharset;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message instanceof FtpReply reply ? encode(reply, charset, ctx.alloc()) : message, promise);
    }

    /** The octets of a reply. */
    public static ByteBuf encode(FtpReply reply, ControlCharset charset, ByteBufAllocator allocator) {
        List<String> lines = reply.lines();
        int capacity = 0;
        for (String line : lines) {
            capacity += line.length() + 6;
        }
        ByteBuf out = allocator.buffer(capacity);
        int last = lines.size() - 1;
        for (int i = 0; i <= last; i++) {
            String line = lines.get(i);
            if (i == last) {
                code(reply.code(), ' ', out);
            } else if (i == 0) {
                code(reply.code(), '-', out);
            } else if (!line.isEmpty() && line.charAt(0) >= '0' && line.charAt(0) <= '9') {
                out.writeByte(' ');
            }
            text(line, charset, out);
            out.writeShort('\r' << 8 | '\n');
        }
        return out;
    }

    private static void code(int code, char separator, ByteBuf out) {
        out.writeInt(('0' + code / 100) << 24 | ('0' + code / 10 % 10) << 16 | ('0' + code % 10) << 8 | separator);
    }

    private static void text(String line, ControlCharset charset, ByteBuf out) {
        for (byte b : charset.encode(ControlCharacters.replace(line))) {
            if (b == Telnet.IAC) {
                out.writeByte(Telnet.IAC);
            }
            out.writeByte(b);
        }
    }
}
