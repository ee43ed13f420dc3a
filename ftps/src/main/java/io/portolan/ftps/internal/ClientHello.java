package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client says first (RFC 8446 §4.1.2), as far as we have to know it before the engine does.
 *
 * @param serverName whom it believes to talk to (SNI, RFC 6066 §3), in lower case, if it says so
 * @param protocols the protocols that it offers (ALPN, RFC 7301 §3.1), in its order; none if it offers none or cannot be understood, which is the engine's business
 * @param tickets what it has been given to resume sessions with, the first {@link #MAX_TICKETS} of them
 * @param sessionId the session that it asks for by its number (TLS 1.2), or something else, or nothing
 */
record ClientHello(
        Optional<String> serverName, List<String> protocols, List<byte[]> tickets, Optional<byte[]> sessionId) {

    /** Clients offer one; each costs us some cryptography. */
    static final int MAX_TICKETS = 4;

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RANDOM = 32;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;
    private static final int ALPN = 16;

    /** RFC 5077 §3.2. */
    private static final int SESSION_TICKET = 35;

    /** RFC 8446 §4.2.11. */
    private static final int PRE_SHARED_KEY = 41;

    private static final int TICKET_AGE = 4;

    private static final ClientHello UNKNOWN =
            new ClientHello(Optional.empty(), List.of(), List.of(), Optional.empty());

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
            byte[] sessionId = octets(body.readSlice(body.readUnsignedByte()));
            body.skipBytes(body.readUnsignedShort());
            body.skipBytes(body.readUnsignedByte());
            Optional<String> serverName = Optional.empty();
            List<String> protocols = List.of();
            List<byte[]> tickets = new ArrayList<>();
            ByteBuf extensions = body.isReadable() ? body.readSlice(body.readUnsignedShort()) : body;
            while (extensions.isReadable()) {
                int type = extensions.readUnsignedShort();
                ByteBuf extension = extensions.readSlice(extensions.readUnsignedShort());
                if (type == SERVER_NAME && extension.isReadable()) {
                    serverName = host(extension.readSlice(extension.readUnsignedShort()));
                } else if (type == ALPN) {
                    protocols = names(extension.readSlice(extension.readUnsignedShort()));
                } else if (type == SESSION_TICKET && extension.isReadable()) {
                    tickets.add(octets(extension));
                } else if (type == PRE_SHARED_KEY) {
                    identities(extension.readSlice(extension.readUnsignedShort()), tickets);
                }
            }
            return new ClientHello(serverName, protocols, List.copyOf(tickets), Optional.of(sessionId));
        } catch (IndexOutOfBoundsException e) {
            return UNKNOWN;
        }
    }

    private static Optional<String> host(ByteBuf list) {
        while (list.isReadable()) {
            int type = list.readUnsignedByte();
            ByteBuf name = list.readSlice(list.readUnsignedShort());
            if (type == HOST_NAME) {
                return Optional.of(name.toString(StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
            }
        }
        return Optional.empty();
    }

    private static void identities(ByteBuf list, List<byte[]> tickets) {
        while (list.isReadable() && tickets.size() < MAX_TICKETS) {
            tickets.add(octets(list.readSlice(list.readUnsignedShort())));
            list.skipBytes(TICKET_AGE);
        }
    }

    private static byte[] octets(ByteBuf slice) {
        return ByteBufUtil.getBytes(slice);
    }

    private static List<String> names(ByteBuf list) {
        List<String> names = new ArrayList<>();
        while (list.isReadable()) {
            names.add(list.readSlice(list.readUnsignedByte()).toString(StandardCharsets.US_ASCII));
        }
        return List.copyOf(names);
    }
}
