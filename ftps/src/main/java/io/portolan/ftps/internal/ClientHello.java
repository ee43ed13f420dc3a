package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client says first (RFC 8446 §4.1.2), as far as we have to know it before the engine does.
 *
 * @param protocols the protocols that it offers (ALPN, RFC 7301 §3.1), in its order; none if it offers none or cannot be understood, which is the engine's business
 */
record ClientHello(List<String> protocols) {

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM = 32;
    private static final int ALPN = 16;

    private static final ClientHello UNKNOWN = new ClientHello(List.of());

    /** Reads records as they come, and leaves them where they are; empty as long as the message is not whole. */
    static Optional<ClientHello> read(ByteBuf records, ByteBufAllocator allocator) {
        int at = records.readerIndex();
        ByteBuf message = allocator.buffer();
        try {
            while (records.writerIndex() - at >= RECORD_HEADER) {
                if (records.getUnsignedByte(at) != HANDSHAKE) {
                    return Optional.of(UNKNOWN);
                }
                int length = records.getUnsignedShort(at + 3);
                int there = Math.min(length, records.writerIndex() - at - RECORD_HEADER);
                message.writeBytes(records, at + RECORD_HEADER, there);
                if (message.readableBytes() >= HANDSHAKE_HEADER) {
                    int size = message.getUnsignedMedium(1);
                    if (message.getUnsignedByte(0) != CLIENT_HELLO) {
                        return Optional.of(UNKNOWN);
                    }
                    if (message.readableBytes() >= HANDSHAKE_HEADER + size) {
                        return Optional.of(body(message.slice(HANDSHAKE_HEADER, size)));
                    }
                }
                if (there < length) {
                    return Optional.empty();
                }
                at += RECORD_HEADER + length;
            }
            return Optional.empty();
        } finally {
            message.release();
        }
    }

    private static ClientHello body(ByteBuf body) {
        try {
            body.skipBytes(2 + RANDOM);
            body.skipBytes(body.readUnsignedByte());
            body.skipBytes(body.readUnsignedShort());
            body.skipBytes(body.readUnsignedByte());
            if (!body.isReadable()) {
                return UNKNOWN;
            }
            ByteBuf extensions = body.readSlice(body.readUnsignedShort());
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf extension = extensions.readSlice(extensions.readUnsignedShort());
                if (type == ALPN) {
                    return new ClientHello(names(extension.readSlice(extension.readUnsignedShort())));
                }
            }
            return UNKNOWN;
        } catch (IndexOutOfBoundsException e) {
            return UNKNOWN;
        }
    }

    private static List<String> names(ByteBuf list) {
        List<String> names = new ArrayList<>();
        while (list.isReadable()) {
            names.add(list.readSlice(list.readUnsignedByte()).toString(StandardCharsets.US_ASCII));
        }
        return List.copyOf(names);
    }
}
