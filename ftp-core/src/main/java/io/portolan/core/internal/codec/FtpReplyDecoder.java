package io.portolan.core.internal.codec;

import io.netty.channel.ChannelHandlerContext;
import io.portolan.ftp.FtpReply;
import java.util.ArrayList;
import java.util.List;

/**
 * Octets of a control connection to {@link FtpReply}s, on the client's end (RFC 959, section 4.2).
 *
 * <p>A reply of several lines ends at the first line with its code and a space; lines between may look like anything. Servers differ in what they put before the
 * lines between: a repeated {@code code-} is taken off, everything else stays. Empty lines between replies are skipped.
 *
 * <p>What cannot be a reply fires one {@link MalformedReplyException}; everything behind it is dropped, since a stream that is out of step would answer one command
 * with the reply to another.
 */
public final class FtpReplyDecoder extends TelnetLineDecoder {

    /** Octets of a line: twice Linux's longest path, for the reply to PWD and MLST. */
    public static final int MAX_LINE = 8 * 1024;
    /** Octets of a reply: banners of several pages fit, a server that never ends does not. */
    public static final int MAX_REPLY = 64 * 1024;
    /** Lines of a reply: empty ones cost memory too. */
    public static final int MAX_LINES = 1000;

    private static final int CODE_LENGTH = 3;

    private ControlCharset charset;
    private List<String> lines = List.of();
    private int octets;
    /** The code of the reply whose end has not come yet, else 0. */
    private int openCode;

    private boolean broken;

    /** Makes a decoder. */
    public FtpReplyDecoder(ControlCharset charset) {
        super(MAX_LINE);
        this.charset = charset;
    }

    /** Reads further lines in another charset. */
    public void charset(ControlCharset newCharset) {
        charset = newCharset;
    }

    @Override
    public boolean hasBufferedBytes() {
        return openCode != 0 || super.hasBufferedBytes();
    }

    @Override
    public void discardBufferedBytes() {
        super.discardBufferedBytes();
        openCode = 0;
        lines = List.of();
    }

    @Override
    void lineTooLong(ChannelHandlerContext ctx) {
        fail(ctx, "line longer than " + MAX_LINE + " octets");
    }

    @Override
    void line(ChannelHandlerContext ctx, byte[] line) {
        if (broken) {
            return;
        }
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        String text = charset.decode(line, 0, length).replace("\r\0", "\r");
        int code = code(text);
        if (openCode != 0) {
            between(ctx, text, code, length);
        } else if (code != 0) {
            first(ctx, text, code, length);
        } else if (!text.isEmpty()) {
            fail(ctx, "not a reply");
        }
    }

    private void first(ChannelHandlerContext ctx, String text, int code, int length) {
        if (!isSeparated(text, '-')) {
            fire(ctx, FtpReply.of(code, afterCode(text)));
            return;
        }
        openCode = code;
        octets = length;
        lines = new ArrayList<>();
        lines.add(afterCode(text));
    }

    private void between(ChannelHandlerContext ctx, String text, int code, int length) {
        octets += length;
        if (octets > MAX_REPLY) {
            fail(ctx, "reply longer than " + MAX_REPLY + " octets");
        } else if (lines.size() == MAX_LINES) {
            fail(ctx, "reply of more than " + MAX_LINES + " lines");
        } else if (code != openCode) {
            lines.add(text);
        } else {
            lines.add(afterCode(text));
            if (!isSeparated(text, '-')) {
                FtpReply reply = FtpReply.multiline(code, lines);
                openCode = 0;
                lines = List.of();
                fire(ctx, reply);
            }
        }
    }

    /** The code that a line begins with, if a space, a hyphen or nothing follows it; else 0. */
    private static int code(String text) {
        if (text.length() < CODE_LENGTH
                || text.length() > CODE_LENGTH && !isSeparated(text, ' ') && !isSeparated(text, '-')) {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < CODE_LENGTH; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            code = code * 10 + (c - '0');
        }
        return code >= 100 && code < 700 ? code : 0;
    }

    private static boolean isSeparated(String text, char separator) {
        return text.length() > CODE_LENGTH && text.charAt(CODE_LENGTH) == separator;
    }

    private static String afterCode(String text) {
        return text.length() > CODE_LENGTH ? text.substring(CODE_LENGTH + 1) : "";
    }

    private void fail(ChannelHandlerContext ctx, String message) {
        if (broken) {
            return;
        }
        broken = true;
        openCode = 0;
        lines = List.of();
        ctx.fireExceptionCaught(new MalformedReplyException(message));
    }
}
