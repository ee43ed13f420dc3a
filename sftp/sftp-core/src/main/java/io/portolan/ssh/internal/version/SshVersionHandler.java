package io.portolan.ssh.internal.version;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges identification strings (RFC 4253, section 4.2): sends ours as soon as the connection is there, reads the peer's, tells of both by
 * {@link VersionsExchanged}, leaves, and passes on what came behind.
 *
 * <p>Lines end with CR LF or, as old peers have it, with LF. What is wrong is told once by a {@link SshProtocolException}, everything behind it is dropped. How long the
 * peer may take is decided by whoever put this handler in.
 */
public final class SshVersionHandler extends ChannelInboundHandlerAdapter {

    /** Octets of an identification string with its CR LF (RFC 4253, section 4.2). */
    public static final int MAX_IDENTIFICATION = 255;

    /** Octets of a line that a server sends before its identification, with its end: what OpenSSH's client takes. */
    public static final int MAX_BANNER_LINE = 8192;

    /** Lines that a server sends before its identification: what OpenSSH's client takes. */
    public static final int MAX_BANNER_LINES = 1024;

    private static final String PREFIX = "SSH-";
    private static final String VERSION_2 = "SSH-2.0-";

    /** A server that speaks the old protocol too (RFC 4253, section 5.1); none of it is spoken here. */
    private static final String VERSION_1_99 = "SSH-1.99-";

    private final String local;
    private final boolean server;
    private final byte[] line = new byte[MAX_IDENTIFICATION];
    private int length;
    private int bannerLines;

    /** Octets so far of a line that is no identification and is skipped, else 0. */
    private int skipped;

    private boolean sent;
    private boolean finished;

    private SshVersionHandler(String local, boolean server) {
        if (!isWellFormed(local) || !local.startsWith(VERSION_2) || local.length() > MAX_IDENTIFICATION - 2) {
            throw new IllegalArgumentException("not an SSH 2.0 identification: " + local);
        }
        this.local = local;
        this.server = server;
    }

    /**
     * Makes the server's handler, which takes nothing before the client's identification.
     *
     * @param identification ours, without CR LF, {@code SSH-2.0-…}
     */
    public static SshVersionHandler forServer(String identification) {
        return new SshVersionHandler(identification, true);
    }

    /**
     * Makes the client's handler, which skips lines before the server's identification.
     *
     * @param identification ours, without CR LF, {@code SSH-2.0-…}
     */
    public static SshVersionHandler forClient(String identification) {
        return new SshVersionHandler(identification, false);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive()) {
            send(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        send(ctx);
        ctx.fireChannelActive();
    }

    private void send(ChannelHandlerContext ctx) {
        if (!sent) {
            sent = true;
            ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), local + "\r\n"));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        boolean passedOn = false;
        try {
            while (in.isReadable() && !finished) {
                String remote = next(in.readByte());
                if (remote != null) {
                    finished = true;
                    ctx.fireUserEventTriggered(new VersionsExchanged(local, remote));
                    if (!ctx.isRemoved()) {
                        ctx.pipeline().remove(this);
                    }
                    if (in.isReadable()) {
                        passedOn = true;
                        ctx.fireChannelRead(in);
                    }
                    return;
                }
            }
        } catch (SshProtocolException e) {
            finished = true;
            ctx.fireExceptionCaught(e);
        } finally {
            if (!passedOn) {
                in.release();
            }
        }
    }

    /** Takes an octet; returns the peer's identification when it is whole. */
    private @Nullable String next(byte octet) throws SshProtocolException {
        if (skipped > 0) {
            skip(octet);
            return null;
        }
        if (length < PREFIX.length() && octet != PREFIX.charAt(length)) {
            if (server) {
                throw SshProtocolException.malformed("the client does not begin with an identification");
            }
            skipped = length;
            length = 0;
            skip(octet);
            return null;
        }
        if (length == MAX_IDENTIFICATION) {
            throw SshProtocolException.malformed("identification of more than " + MAX_IDENTIFICATION + " octets");
        }
        line[length++] = octet;
        return octet == '\n' ? identification() : null;
    }

    private void skip(byte octet) throws SshProtocolException {
        skipped++;
        if (skipped > MAX_BANNER_LINE) {
            throw SshProtocolException.malformed(
                    "line of more than " + MAX_BANNER_LINE + " octets before the identification");
        }
        if (octet == '\n') {
            skipped = 0;
            bannerLines++;
            if (bannerLines > MAX_BANNER_LINES) {
                throw SshProtocolException.malformed(
                        "more than " + MAX_BANNER_LINES + " lines before the identification");
            }
        }
    }

    private String identification() throws SshProtocolException {
        int end = length - 1;
        if (line[end - 1] == '\r') {
            end--;
        }
        String remote = new String(line, 0, end, StandardCharsets.ISO_8859_1);
        if (!isWellFormed(remote)) {
            throw SshProtocolException.malformed("identification with other than printable characters");
        }
        if (!remote.startsWith(VERSION_2) && !remote.startsWith(VERSION_1_99)) {
            throw new SshProtocolException(
                    DisconnectReason.PROTOCOL_VERSION_NOT_SUPPORTED, "the peer does not speak SSH 2.0");
        }
        return remote;
    }

    private static boolean isWellFormed(String identification) {
        return identification.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
