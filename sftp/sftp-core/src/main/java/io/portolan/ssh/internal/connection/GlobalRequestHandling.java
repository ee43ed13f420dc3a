package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Global requests of the peer (RFC 4254 section 4). Forwarding of whatever kind is refused, and so is what nobody knows, keep-alives among it: any answer will do for them. */
final class GlobalRequestHandling {

    private final ConnectionOutput output;
    private final ChannelOpening opening;
    private final GlobalRequests others;
    private final GlobalReplies replies;
    private final Deque<Consumer<Optional<byte[]>>> owedByPeer = new ArrayDeque<>();

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
     * Tells the peer something, and wants no reply.
     *
     * @param arguments what is behind {@code want reply}
     */
    void tell(String name, byte[] arguments) {
        send(name, false, arguments);
    }

    /**
     * Asks the peer for something.
     *
     * @param arguments what is behind {@code want reply}
     * @param reply is told what is specific to the request in the peer's answer; or nothing if it refuses, or the connection ends
     */
    void ask(String name, byte[] arguments, Consumer<Optional<byte[]>> reply) {
        owedByPeer.add(reply);
        send(name, true, arguments);
    }

    private void send(String name, boolean wantReply, byte[] arguments) {
        output.send(ChannelMessages.message(SshMessageNumber.GLOBAL_REQUEST)
                .writeString(name)
                .writeBoolean(wantReply)
                .writeBytes(arguments));
    }

    /** The peer answers the first of our requests that it has not answered; with null it refuses. */
    void replied(byte @Nullable [] response) throws SshProtocolException {
        Consumer<Optional<byte[]>> first = owedByPeer.poll();
        if (first == null) {
            throw SshProtocolException.malformed("a reply to a global request that nobody made");
        }
        first.accept(Optional.ofNullable(response));
    }

    /** The connection is gone. */
    void end() {
        for (Consumer<Optional<byte[]>> reply = owedByPeer.poll(); reply != null; reply = owedByPeer.poll()) {
            reply.accept(Optional.empty());
        }
    }
}
