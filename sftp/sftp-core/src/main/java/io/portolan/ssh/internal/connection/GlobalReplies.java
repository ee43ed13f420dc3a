package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The replies to global requests, which have no number and go by their order alone (RFC 4254 section 4). */
final class GlobalReplies {

    /** Replies that wait for one that takes time. Requests that take time are a few in a connection's life. */
    static final int MAX_WAITING = 64;

    private final ConnectionOutput output;
    private final Deque<Slot> waiting = new ArrayDeque<>();

    GlobalReplies(ConnectionOutput output) {
        this.output = output;
    }

    /** The place of one reply. */
    private final class Slot implements GlobalRequests.Reply {
        private @Nullable SshWriter message;

        @Override
        public void success(byte[] response) {
            set(ChannelMessages.message(SshMessageNumber.REQUEST_SUCCESS).writeBytes(response));
        }

        @Override
        public void failure() {
            set(ChannelMessages.message(SshMessageNumber.REQUEST_FAILURE));
        }

        private void set(SshWriter reply) {
            if (message != null) {
                throw new IllegalStateException("a second reply to one request");
            }
            message = reply;
            sendWhatIsDone();
        }
    }

    /** Reserves the place of the reply to the request that has just come. */
    GlobalRequests.Reply next() throws SshProtocolException {
        output.countReply();
        if (waiting.size() >= MAX_WAITING) {
            throw new SshProtocolException(DisconnectReason.BY_APPLICATION, "too many global requests wait");
        }
        Slot slot = new Slot();
        waiting.add(slot);
        return slot;
    }

    private void sendWhatIsDone() {
        for (Slot first = waiting.peek(); first != null && first.message != null; first = waiting.peek()) {
            waiting.remove();
            output.send(first.message);
        }
    }
}
