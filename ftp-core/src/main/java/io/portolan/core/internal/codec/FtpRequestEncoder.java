package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * {@link FtpRequest} to octets, on the client's end. A CR, LF or NUL is refused in every part of every command, and so is a character that the charset
 * lacks: to take out or to replace it would act on another file than the caller named.
 */
public final class FtpRequestEncoder extends ChannelOutboundHandlerAdapter {

    private ControlCharset charset;

    /** Makes an encoder. */
    public FtpRequestEncoder(ControlCharset charset) {
        this.charset = charset;
    }

    /** Writes further requests in another charset. */
    public void charset(ControlCharset newCharset) {
        charset = newCharset;
    }

    /** Fails the promise with an {@link IllegalArgumentException} for a request that cannot be sent. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof FtpRequest request)) {
            ctx.write(message, promise);
            return;
        }
        ByteBuf out;
        try {
            out = encode(request, charset, ctx.alloc());
        } catch (IllegalArgumentException e) {
            promise.tryFailure(e);
            return;
        }
        ctx.write(out, promise);
    }

    /**
     * The octets of a request.
     *
     * @throws IllegalArgumentException if it cannot be sent
     */
    public static ByteBuf encode(FtpRequest request, ControlCharset charset, ByteBufAllocator allocator) {
        requireVerb(request.verb());
        ByteBuffer argument = argument(request.argument(), charset);
        ByteBuf out = allocator.buffer(request.verb().length() + 3 + argument.remaining());
        for (int i = 0; i < request.verb().length(); i++) {
            out.writeByte(request.verb().charAt(i));
        }
        if (argument.hasRemaining()) {
            out.writeByte(' ');
        }
        while (argument.hasRemaining()) {
            byte b = argument.get();
            if (b == Telnet.IAC) {
                out.writeByte(Telnet.IAC);
            }
            out.writeByte(b);
        }
        return out.writeByte('\r').writeByte('\n');
    }

    private static void requireVerb(String verb) {
        for (int i = 0; i < verb.length(); i++) {
            if (verb.charAt(i) <= ' ' || verb.charAt(i) >= 0x7f) {
                throw new IllegalArgumentException("verb: only visible ASCII characters");
            }
        }
    }

    private static ByteBuffer argument(String argument, ControlCharset charset) {
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("argument: CR, LF and NUL cannot be sent");
            }
        }
        try {
            return charset.encoding().newEncoder().encode(CharBuffer.wrap(argument));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("argument: it has a character that " + charset.encoding() + " lacks", e);
        }
    }
}
