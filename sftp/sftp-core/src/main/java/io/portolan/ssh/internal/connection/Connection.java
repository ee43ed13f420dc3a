package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.MessageRange;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** One connection: which message goes to which of its parts. On the event loop only. */
final class Connection {

    private static final int DATA = SshMessageNumber.CHANNEL_DATA.number();

    private final SshTransport transport;
    private final ConnectionOutput output;
    private final ChannelTable table;
    private final ChannelOpening opening;
    private final OutgoingChannels outgoing;
    private final KeepAlive keepAlive;
    private final GlobalRequestHandling global;

    Connection(
            ChannelHandlerContext ctx,
            SshTransport transport,
            ConnectionSettings settings,
            WindowBudget budget,
            SessionPrograms programs,
            GlobalRequests globalRequests) {
        this.transport = transport;
        this.output = new ConnectionOutput(ctx);
        this.table = new ChannelTable(settings.maxChannels());
        this.opening = new ChannelOpening(settings, budget, output, table, programs);
        this.outgoing = new OutgoingChannels(settings, budget, output, table);
        this.global = new GlobalRequestHandling(output, opening, globalRequests);
        this.keepAlive = new KeepAlive(
                output.eventLoop(),
                settings.keepAliveInterval(),
                settings.keepAliveRequests(),
                () -> global.ask("keepalive@openssh.com", new byte[0], reply -> {}),
                () -> transport.disconnect(DisconnectReason.CONNECTION_LOST, "no answer for too long"));
        keepAlive.start();
    }

    ConnectionOutput output() {
        return output;
    }

    GlobalRequestHandling global() {
        return global;
    }

    OutgoingChannels outgoing() {
        return outgoing;
    }

    /** Takes over the buffer. */
    void received(ByteBuf payload) throws SshProtocolException {
        keepAlive.heard();
        int number = payload.getUnsignedByte(payload.readerIndex());
        if (number == DATA) {
            receivedData(payload);
            return;
        }
        try {
            SshReader reader = SshReader.of(payload);
            reader.readByte();
            received(number, reader);
        } finally {
            payload.release();
        }
    }

    private void receivedData(ByteBuf payload) throws SshProtocolException {
        boolean passedOn = false;
        try {
            if (payload.readableBytes() < ConnectionSettings.DATA_HEADER) {
                throw SshProtocolException.malformed("data without a header");
            }
            payload.skipBytes(1);
            OpenChannel channel = table.get(payload.readUnsignedInt());
            long length = payload.readUnsignedInt();
            if (length != payload.readableBytes()) {
                throw SshProtocolException.malformed(
                        "a string of " + length + " octets where " + payload.readableBytes() + " are");
            }
            passedOn = true;
            channel.received(payload);
        } finally {
            if (!passedOn) {
                payload.release();
            }
        }
    }

    private void received(int number, SshReader reader) throws SshProtocolException {
        MessageRange range = MessageRange.of(number);
        if (range == MessageRange.AUTHENTICATION || range == MessageRange.AUTHENTICATION_METHOD) {
            // Who is logged in stays so: "silently ignored" (RFC 4252 section 5.1).
            return;
        }
        SshMessageNumber message =
                SshMessageNumber.of(number).stream().findFirst().orElse(null);
        if (message == null) {
            transport.unimplemented();
            return;
        }
        switch (message) {
            case GLOBAL_REQUEST -> global.received(reader);
            case REQUEST_SUCCESS -> global.replied(reader.readRest());
            case REQUEST_FAILURE -> global.replied(null);
            case CHANNEL_OPEN -> opening.received(reader);
            case CHANNEL_WINDOW_ADJUST -> {
                OpenChannel channel = channel(reader);
                long octets = reader.readUint32();
                reader.expectEnd();
                channel.adjusted(octets);
            }
            case CHANNEL_EXTENDED_DATA -> {
                OpenChannel channel = channel(reader);
                reader.readUint32();
                SshReader data = reader.readNested();
                reader.expectEnd();
                channel.receivedExtended(data.remaining());
            }
            case CHANNEL_EOF -> {
                OpenChannel channel = channel(reader);
                reader.expectEnd();
                channel.eofReceived();
            }
            case CHANNEL_CLOSE -> {
                OpenChannel channel = channel(reader);
                reader.expectEnd();
                table.remove(channel);
                channel.closeReceived();
                outgoing.gone(channel);
                channel.gone();
            }
            case CHANNEL_REQUEST -> channelRequest(reader);
            case CHANNEL_OPEN_CONFIRMATION -> outgoing.confirmed(reader);
            case CHANNEL_OPEN_FAILURE -> outgoing.failed(reader);
            case CHANNEL_SUCCESS -> outgoing.answered(reader, true);
            case CHANNEL_FAILURE -> outgoing.answered(reader, false);
            default -> transport.unimplemented();
        }
    }

    private OpenChannel channel(SshReader reader) throws SshProtocolException {
        return table.get(reader.readUint32());
    }

    private void channelRequest(SshReader reader) throws SshProtocolException {
        OpenChannel channel = channel(reader);
        String type = reader.readName();
        boolean wantReply = reader.readBoolean();
        if (channel.isClosed()) {
            // Behind our CLOSE nothing is sent (section 5.3), not even this answer.
            return;
        }
        boolean success = channel.requestReceived(type, reader);
        if (wantReply) {
            output.reply(ChannelMessages.answer(channel.remoteId(), success));
        }
    }

    void writabilityChanged() {
        table.all().forEach(output::touch);
        output.endOfTurn();
    }

    void end() {
        output.stop();
        keepAlive.stop();
        global.end();
        outgoing.end();
        RuntimeException failure = null;
        for (OpenChannel channel : table.all()) {
            table.remove(channel);
            try {
                channel.gone();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
