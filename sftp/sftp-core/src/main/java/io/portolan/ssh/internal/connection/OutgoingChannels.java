package io.portolan.ssh.internal.connection;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Promise;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The channels that we open: for a subsystem, until the peer says that it runs, or for a connection from the peer to somewhere else (RFC 4254 sections 5.1, 5.4, 6.5 and
 * 7.2).
 */
final class OutgoingChannels {

    private static final ChannelRequests REQUESTS = new ProgramRequests();

    private final ConnectionSettings settings;
    private final WindowBudget budget;
    private final ConnectionOutput output;
    private final ChannelTable table;
    private final IntObjectMap<Opening> openings = new IntObjectHashMap<>();

    OutgoingChannels(ConnectionSettings settings, WindowBudget budget, ConnectionOutput output, ChannelTable table) {
        this.settings = settings;
        this.budget = budget;
        this.output = output;
        this.table = table;
    }

    /** Of what a peer says about a refusal, as much as a line of a log takes. */
    private static final int MAX_DESCRIPTION = 200;

    /** One of them. */
    private static final class Opening {
        /** Null for a channel that is all that was asked for. */
        private final @Nullable String subsystem;

        private final Function<? super SshChannel, ? extends SshChannelListener> program;
        private final Promise<SshChannel> promise;
        private final LocalWindow local;
        private final long askedAt;

        /** Null until the peer has opened the channel. */
        private @Nullable OpenChannel channel;

        Opening(
                @Nullable String subsystem,
                Function<? super SshChannel, ? extends SshChannelListener> program,
                Promise<SshChannel> promise,
                LocalWindow local,
                long askedAt) {
            this.subsystem = subsystem;
            this.program = program;
            this.promise = promise;
            this.local = local;
            this.askedAt = askedAt;
        }
    }

    void open(
            String subsystem,
            Function<? super SshChannel, ? extends SshChannelListener> program,
            Promise<SshChannel> promise) {
        open("session", new byte[0], subsystem, program, promise);
    }

    void openDirect(
            DirectTarget target,
            Function<? super SshChannel, ? extends SshChannelListener> program,
            Promise<SshChannel> promise) {
        open("direct-tcpip", target.arguments(), null, program, promise);
    }

    private void open(
            String type,
            byte[] arguments,
            @Nullable String subsystem,
            Function<? super SshChannel, ? extends SshChannelListener> program,
            Promise<SshChannel> promise) {
        long now = System.nanoTime();
        Opening opening = new Opening(subsystem, program, promise, new LocalWindow(settings, budget, now), now);
        int id = table.newId();
        openings.put(id, opening);
        output.send(ChannelMessages.open(type, id, opening.local.size(), settings.maxPacket())
                .writeBytes(arguments));
    }

    /** CHANNEL_OPEN_CONFIRMATION. */
    void confirmed(SshReader reader) throws SshProtocolException {
        int id = (int) reader.readUint32();
        int remoteId = (int) reader.readUint32();
        long window = reader.readUint32();
        long maxPacket = reader.readUint32();
        Opening opening = openings.get(id);
        if (opening == null || opening.channel != null) {
            throw unasked(id);
        }
        if (!RemoteWindow.isPossible(maxPacket)) {
            throw SshProtocolException.malformed("a channel for packets of " + maxPacket + " octets");
        }
        opening.local.roundTrip(System.nanoTime() - opening.askedAt);
        OpenChannel channel = new OpenChannel(
                settings, output, REQUESTS, id, remoteId, opening.local, new RemoteWindow(window, maxPacket));
        opening.channel = channel;
        table.add(channel);
        channel.run(opening.program.apply(channel));
        if (opening.subsystem == null) {
            openings.remove(id);
            opening.promise.trySuccess(channel);
        } else {
            output.send(ChannelMessages.subsystem(remoteId, opening.subsystem));
        }
    }

    /** CHANNEL_OPEN_FAILURE. */
    void failed(SshReader reader) throws SshProtocolException {
        int id = (int) reader.readUint32();
        long reason = reader.readUint32();
        byte[] text = reader.readString();
        Opening opening = openings.get(id);
        if (opening == null || opening.channel != null) {
            throw unasked(id);
        }
        openings.remove(id);
        opening.local.close();
        opening.promise.tryFailure(new ChannelOpenException(
                ChannelOpenException.Refusal.CHANNEL,
                "the peer opens no channel, for reason " + reason + described(text)));
    }

    private static String described(byte[] text) {
        String description = new String(text, 0, Math.min(text.length, MAX_DESCRIPTION), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return description.isBlank() ? "" : ": " + description;
    }

    /** CHANNEL_SUCCESS or CHANNEL_FAILURE. */
    void answered(SshReader reader, boolean success) throws SshProtocolException {
        int id = (int) reader.readUint32();
        reader.expectEnd();
        Opening opening = openings.get(id);
        if (opening == null || opening.channel == null) {
            throw unasked(id);
        }
        openings.remove(id);
        if (success) {
            opening.promise.trySuccess(opening.channel);
        } else {
            opening.channel.abort();
            opening.promise.tryFailure(new ChannelOpenException(
                    ChannelOpenException.Refusal.SUBSYSTEM,
                    "the peer does not have the subsystem " + opening.subsystem));
        }
    }

    /** A channel is gone, maybe before its subsystem was there. */
    void gone(OpenChannel channel) {
        Opening opening = openings.remove(channel.localId());
        if (opening != null) {
            opening.promise.tryFailure(
                    new ChannelOpenException(ChannelOpenException.Refusal.CLOSED, "the peer has closed the channel"));
        }
    }

    /** The connection is gone. */
    void end() {
        for (Opening opening : List.copyOf(openings.values())) {
            opening.local.close();
            opening.promise.tryFailure(new ClosedChannelException());
        }
        openings.clear();
    }

    private static SshProtocolException unasked(int id) {
        return SshProtocolException.malformed(
                "an answer for channel " + Integer.toUnsignedLong(id) + ", of which nothing was asked");
    }
}
