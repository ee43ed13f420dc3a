package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.Set;

/** Channels that the peer opens (RFC 4254 section 5.1): sessions, and nothing else. One that is refused leaves nothing behind. */
final class ChannelOpening {

    private static final String SESSION = "session";

    /** What we know and do not do: sections 6.3.2, 7.2 and OpenSSH's PROTOCOL sections 2.4, 2.3. */
    private static final Set<String> PROHIBITED = Set.of(
            "x11",
            "forwarded-tcpip",
            "direct-tcpip",
            "forwarded-streamlocal@openssh.com",
            "direct-streamlocal@openssh.com",
            "auth-agent@openssh.com",
            "tun@openssh.com");

    private final ConnectionSettings settings;
    private final WindowBudget budget;
    private final ConnectionOutput output;
    private final ChannelTable table;
    private final SessionPrograms programs;
    private final ChannelRequests requests;
    private final OpenRate rate = new OpenRate(System.nanoTime());
    private boolean noMoreSessions;

    ChannelOpening(
            ConnectionSettings settings,
            WindowBudget budget,
            ConnectionOutput output,
            ChannelTable table,
            SessionPrograms programs) {
        this.settings = settings;
        this.budget = budget;
        this.output = output;
        this.table = table;
        this.programs = programs;
        this.requests = new SessionRequests(programs);
    }

    /** The peer wants no more sessions, whoever uses its connection (OpenSSH's PROTOCOL, section 2.2). */
    void noMoreSessions() {
        noMoreSessions = true;
    }

    void received(SshReader reader) throws SshProtocolException {
        String type = reader.readName();
        int remoteId = (int) reader.readUint32();
        long window = reader.readUint32();
        long maxPacket = reader.readUint32();
        long now = System.nanoTime();
        if (!type.equals(SESSION)) {
            refuse(
                    remoteId,
                    PROHIBITED.contains(type)
                            ? OpenFailure.ADMINISTRATIVELY_PROHIBITED
                            : OpenFailure.UNKNOWN_CHANNEL_TYPE);
            return;
        }
        reader.expectEnd();
        // "Client implementations SHOULD reject any session channel open requests" (section 6.1).
        if (programs == SessionPrograms.NONE || noMoreSessions || !RemoteWindow.isPossible(maxPacket)) {
            refuse(remoteId, OpenFailure.ADMINISTRATIVELY_PROHIBITED);
        } else if (table.isFull() || !rate.take(now)) {
            refuse(remoteId, OpenFailure.RESOURCE_SHORTAGE);
        } else {
            open(remoteId, new RemoteWindow(window, maxPacket), now);
        }
    }

    private void open(int remoteId, RemoteWindow remote, long now) throws SshProtocolException {
        LocalWindow local = new LocalWindow(settings, budget, now);
        OpenChannel channel = new OpenChannel(settings, output, requests, table.newId(), remoteId, local, remote);
        table.add(channel);
        channel.asked(now);
        output.reply(ChannelMessages.openConfirmation(remoteId, channel.localId(), local.size(), settings.maxPacket()));
    }

    private void refuse(int remoteId, OpenFailure reason) throws SshProtocolException {
        output.reply(ChannelMessages.openFailure(remoteId, reason));
    }
}
