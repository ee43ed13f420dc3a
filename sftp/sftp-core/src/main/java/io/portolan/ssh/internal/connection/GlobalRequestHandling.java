package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/** Global requests of the peer (RFC 4254 section 4). Forwarding of whatever kind is refused, and so is what nobody knows, keep-alives among it: any answer will do for them. */
final class GlobalRequestHandling {

    private final ConnectionOutput output;
    private final ChannelOpening opening;
    private final GlobalRequests others;
    private final GlobalReplies replies;
    private int owedByPeer;

    GlobalRequestHandling(ConnectionOutput output, ChannelOpening opening, GlobalRequests others) {
        this.output = output;
        this.opening = opening;
        this.others = others;
        this.replies = new GlobalReplies(output);
    }

    void received(SshReader reader) throws SshProtocolException {
        String name = reader.readName();
        boolean wantReply = reader.readBoolean();
        GlobalRequests.Reply reply = wantReply ? replies.next() : NoReply.INSTANCE;
        if (name.equals("no-more-sessions@openssh.com")) {
            reader.expectEnd();
            opening.noMoreSessions();
            reply.success(new byte[0]);
        } else if (!others.received(name, reader, reply)) {
            reply.failure();
        }
    }

    /**
     * Asks the peer for something.
     *
     * @param arguments what is behind {@code want reply}
     */
    void request(String name, boolean wantReply, byte[] arguments) {
        if (wantReply) {
            owedByPeer++;
        }
        output.send(ChannelMessages.message(SshMessageNumber.GLOBAL_REQUEST)
                .writeString(name)
                .writeBoolean(wantReply)
                .writeBytes(arguments));
    }

    /** The peer answers a request of ours. */
    void replied() throws SshProtocolException {
        if (owedByPeer == 0) {
            throw SshProtocolException.malformed("a reply to a global request that nobody made");
        }
        owedByPeer--;
    }

    /** Replies that the peer owes us. */
    int owedByPeer() {
        return owedByPeer;
    }
}
