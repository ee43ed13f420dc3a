package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stands before TLS until the client has said what it wants to speak, and with whom. One that offers protocols, and FTP is not among them, is a browser or a mail server that somebody has led here (the ALPACA attack,
 * CVE-2021-3618): it is refused with the alert of RFC 7301 §3.2. BoringSSL could only go on without a protocol. So is one that asks for another server, where the server's names are known, with that of RFC 6066 §3: a
 * certificate may be good for other services too.
 */
final class HelloGate extends ByteToMessageDecoder {

    /** More than any client says first, with keys for after quantum computers; the engines have limits of their own. */
    static final int LIMIT = 16 * 1024;

    /** A fatal no_application_protocol in the clear, as there are no keys yet. */
    private static final byte[] NO_APPLICATION_PROTOCOL = {21, 3, 3, 0, 2, 2, 120};

    /** A fatal unrecognized_name. */
    private static final byte[] UNRECOGNIZED_NAME = {21, 3, 3, 0, 2, 2, 112};

    private final Predicate<String> isOurs;
    private boolean refused;

    /**
     * Makes the gate of one connection.
     *
     * @param isOurs whether a name is the server's
     */
    HelloGate(Predicate<String> isOurs) {
        this.isOurs = isOurs;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        Optional<ClientHello> hello = ClientHello.read(in, ctx.alloc());
        if (hello.isEmpty() && in.readableBytes() < LIMIT) {
            return;
        }
        List<String> offered = hello.map(ClientHello::protocols).orElse(List.of());
        if (hello.flatMap(ClientHello::serverName).filter(isOurs.negate()).isPresent()) {
            refuse(ctx, in, UNRECOGNIZED_NAME);
        } else if (offered.isEmpty() || !Collections.disjoint(offered, Arrays.asList(Alpn.PROTOCOLS))) {
            // what has come goes on to the engine
            ctx.pipeline().remove(this);
        } else {
            refuse(ctx, in, NO_APPLICATION_PROTOCOL);
        }
    }

    private void refuse(ChannelHandlerContext ctx, ByteBuf in, byte[] alert) {
        refused = true;
        in.skipBytes(in.readableBytes());
        // past TLS, which would have something to say as well
        ctx.writeAndFlush(Unpooled.wrappedBuffer(alert)).addListener(sent -> ctx.close());
    }
}
