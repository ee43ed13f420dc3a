package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * The half of both decoders that knows octets only: Telnet (RFC 854, RFC 1123, section 4.1.2.12) and lines, ended by LF; a CR alone never ends one.
 *
 * <p>A line that arrives in one piece is taken from where it lies; only the beginning of a line that is not complete yet is kept, in a buffer of its size, which is
 * given back with the line's end. An idle session holds nothing.
 *
 * <p>Telnet: every option is refused ({@code WILL} by {@code DONT}, {@code DO} by {@code WONT}); IAC IAC is the octet 255; IP, DM and the other commands are
 * taken out. The DM of a Synch is sent as urgent data and usually lost, so an IAC before something that is no command is dropped and the octet kept.
 */
abstract class TelnetLineDecoder extends ChannelInboundHandlerAdapter {

    /** Options refused per session: more than any peer negotiates. Not to answer refuses as well, and a flood of options must not fill our output. */
    static final int MAX_REFUSALS = 32;

    private static final byte LF = '\n';

    private enum State {
        TEXT,
        COMMAND,
        WILL,
        DO,
        OPTION,
        SUBNEGOTIATION,
        SUBNEGOTIATION_COMMAND
    }

    private final int maxLine;
    private State state = State.TEXT;
    private boolean skipping;
    private int refusals;
    /** The beginning of a line, without Telnet. */
    private @Nullable ByteBuf partial;
    /** What is being decoded right now. */
    private @Nullable ByteBuf input;

    private @Nullable ByteBuf answers;
    private boolean firedSinceRead;

    TelnetLineDecoder(int maxLine) {
        if (maxLine < 1) {
            throw new IllegalArgumentException("maxLine: " + maxLine + " is not positive");
        }
        this.maxLine = maxLine;
    }

    /** A line without its LF; the array may be overwritten. */
    abstract void line(ChannelHandlerContext ctx, byte[] line);

    /** A line is longer than the limit; what is left of it will be skipped. */
    abstract void lineTooLong(ChannelHandlerContext ctx);

    /** Passes a message on; lines that make none cause further reads where auto-read is off. */
    final void fire(ChannelHandlerContext ctx, Object message) {
        firedSinceRead = true;
        ctx.fireChannelRead(message);
    }

    /** Whether octets are here that have not become a line yet. */
    public boolean hasBufferedBytes() {
        ByteBuf current = input;
        return partial != null || skipping || state != State.TEXT || current != null && current.isReadable();
    }

    /** Forgets everything that {@link #hasBufferedBytes} tells of, also what is left of the read that goes on. */
    public void discardBufferedBytes() {
        state = State.TEXT;
        skipping = false;
        releasePartial();
        ByteBuf current = input;
        if (current != null) {
            current.skipBytes(current.readableBytes());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf buffer)) {
            ctx.fireChannelRead(message);
            return;
        }
        input = buffer;
        try {
            decode(ctx, buffer);
        } finally {
            input = null;
            buffer.release();
            flushAnswers(ctx);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean wantsMore = !firedSinceRead && !ctx.channel().config().isAutoRead();
        firedSinceRead = false;
        ctx.fireChannelReadComplete();
        if (wantsMore) {
            // Only part of a line came: whoever reads by hand would wait for a request that never comes.
            ctx.read();
        }
    }

    /** A line without its end is no command: what is left is dropped. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        discardBufferedBytes();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        discardBufferedBytes();
    }

    private void decode(ChannelHandlerContext ctx, ByteBuf in) {
        int lineFeed = -1;
        boolean searched = false;
        while (in.isReadable()) {
            if (state != State.TEXT) {
                telnet(ctx, in.readByte());
                continue;
            }
            int from = in.readerIndex();
            if (!searched || lineFeed >= 0 && lineFeed < from) {
                lineFeed = in.indexOf(from, in.writerIndex(), LF);
                searched = true;
            }
            int end = lineFeed < 0 ? in.writerIndex() : lineFeed;
            int iac = in.indexOf(from, end, Telnet.IAC);
            if (iac >= 0) {
                append(ctx, in, iac - from);
                in.skipBytes(1);
                state = State.COMMAND;
            } else if (lineFeed < 0) {
                append(ctx, in, end - from);
            } else {
                restOfLine(ctx, in, end - from);
            }
        }
    }

    private void telnet(ChannelHandlerContext ctx, byte octet) {
        switch (state) {
            case COMMAND -> command(ctx, octet);
            case WILL -> refuse(ctx, Telnet.DONT, octet);
            case DO -> refuse(ctx, Telnet.WONT, octet);
            case OPTION -> state = State.TEXT;
            case SUBNEGOTIATION -> state = octet == Telnet.IAC ? State.SUBNEGOTIATION_COMMAND : State.SUBNEGOTIATION;
            case SUBNEGOTIATION_COMMAND -> state = octet == Telnet.SE ? State.TEXT : State.SUBNEGOTIATION;
            case TEXT -> throw new IllegalStateException("no Telnet command is open");
        }
    }

    private void command(ChannelHandlerContext ctx, byte octet) {
        state = switch (octet) {
            case Telnet.WILL -> State.WILL;
            case Telnet.DO -> State.DO;
            case Telnet.WONT, Telnet.DONT -> State.OPTION;
            case Telnet.SB -> State.SUBNEGOTIATION;
            default -> State.TEXT;
        };
        if (octet == Telnet.IAC) {
            appendOctet(ctx, octet);
        } else if ((octet & 0xff) < Telnet.FIRST_COMMAND) {
            // The DM behind this IAC went the way of urgent data.
            if (octet == LF) {
                endOfLine(ctx);
            } else {
                appendOctet(ctx, octet);
            }
        }
    }

    private void refuse(ChannelHandlerContext ctx, byte answer, byte option) {
        state = State.TEXT;
        if (refusals == MAX_REFUSALS) {
            return;
        }
        refusals++;
        ByteBuf out = answers;
        if (out == null) {
            out = ctx.alloc().buffer(3);
            answers = out;
        }
        out.writeByte(Telnet.IAC).writeByte(answer).writeByte(option);
    }

    private void flushAnswers(ChannelHandlerContext ctx) {
        ByteBuf out = answers;
        if (out != null) {
            answers = null;
            ctx.writeAndFlush(out);
        }
    }

    private void append(ChannelHandlerContext ctx, ByteBuf in, int length) {
        if (length > room()) {
            in.skipBytes(length);
            tooLong(ctx, true);
        } else if (skipping) {
            in.skipBytes(length);
        } else if (length > 0) {
            partial(ctx, length).writeBytes(in, length);
        }
    }

    private void appendOctet(ChannelHandlerContext ctx, byte octet) {
        if (room() == 0) {
            tooLong(ctx, true);
        } else if (!skipping) {
            partial(ctx, 1).writeByte(octet);
        }
    }

    /** How much longer the line may get; without limit while it is skipped. */
    private int room() {
        ByteBuf buffer = partial;
        return skipping ? Integer.MAX_VALUE : maxLine - (buffer == null ? 0 : buffer.readableBytes());
    }

    private void tooLong(ChannelHandlerContext ctx, boolean skipRest) {
        skipping = skipRest;
        releasePartial();
        lineTooLong(ctx);
    }

    private ByteBuf partial(ChannelHandlerContext ctx, int length) {
        ByteBuf buffer = partial;
        if (buffer == null) {
            // Room for a usual line at once; never for a length that the peer only claims.
            buffer = ctx.alloc().buffer(Math.max(length, 64));
            partial = buffer;
        }
        return buffer;
    }

    /** The line's rest lies in front of {@code in}, its LF behind. */
    private void restOfLine(ChannelHandlerContext ctx, ByteBuf in, int length) {
        if (length > room()) {
            in.skipBytes(length + 1);
            tooLong(ctx, false);
        } else if (partial == null && !skipping) {
            byte[] line = new byte[length];
            in.readBytes(line).skipBytes(1);
            line(ctx, line);
        } else {
            append(ctx, in, length);
            in.skipBytes(1);
            endOfLine(ctx);
        }
    }

    private void endOfLine(ChannelHandlerContext ctx) {
        if (skipping) {
            skipping = false;
            return;
        }
        ByteBuf buffer = partial;
        int length = buffer == null ? 0 : buffer.readableBytes();
        byte[] line = new byte[length];
        if (buffer != null) {
            buffer.readBytes(line);
            releasePartial();
        }
        line(ctx, line);
    }

    private void releasePartial() {
        ByteBuf buffer = partial;
        if (buffer != null) {
            partial = null;
            buffer.release();
        }
    }
}
