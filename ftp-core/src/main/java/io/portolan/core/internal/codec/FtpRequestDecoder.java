package io.portolan.core.internal.codec;

import io.netty.channel.ChannelHandlerContext;
import io.portolan.core.internal.codec.MalformedRequest.Reason;

/**
 * Octets of a control connection to {@link RequestLine}s, on the server's end. Lines end with CR LF or a bare LF, never with a bare CR.
 *
 * <p>When AUTH is executed, {@link #hasBufferedBytes()} must be false: such octets were sent in the clear, maybe by somebody in between (CVE-2011-0411 and its
 * like). It tells of those behind the command in the same read, too, as long as the command is executed within {@code channelRead}.
 */
public final class FtpRequestDecoder extends TelnetLineDecoder {

    /** Octets of a line: room for the longest path that there is here, of 8,192 characters, in most scripts. */
    public static final int DEFAULT_MAX_LINE = 16 * 1024;

    private ControlCharset charset;

    /**
     * Makes a decoder.
     *
     * @param maxLine the most octets of a line; of a longer one a {@link MalformedRequest} is told once, and the rest is skipped
     * @param charset how arguments are read
     */
    public FtpRequestDecoder(int maxLine, ControlCharset charset) {
        super(maxLine);
        this.charset = charset;
    }

    /** Reads the arguments of further lines in another charset ({@code OPTS UTF8}). */
    public void charset(ControlCharset newCharset) {
        charset = newCharset;
    }

    @Override
    void line(ChannelHandlerContext ctx, byte[] line) {
        fire(ctx, RequestParser.parse(line, charset));
    }

    @Override
    void lineTooLong(ChannelHandlerContext ctx) {
        fire(ctx, new MalformedRequest(Reason.TOO_LONG));
    }
}
