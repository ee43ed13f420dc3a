package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import org.jspecify.annotations.Nullable;

/** A channel that both sides have agreed on (RFC 4254 sections 5.2 and 5.3), of either role. On the event loop only. */
final class OpenChannel implements SshChannel {

    /** How far we are with sending. */
    private enum Sending {
        OPEN,
        /** The end is to be sent behind what is pending. */
        FINISHING,
        /** We have sent CLOSE. */
        CLOSED
    }

    /** How far the peer is. */
    private enum Receiving {
        OPEN,
        EOF,
        CLOSED
    }

    private final ConnectionSettings settings;
    private final ConnectionOutput output;
    private final ChannelRequests requests;
    private final int localId;
    private final int remoteId;
    private final LocalWindow local;
    private final RemoteWindow remote;
    private final PendingData pending = new PendingData();

    private @Nullable SshChannelListener listener;
    private Sending sending = Sending.OPEN;
    private Receiving receiving = Receiving.OPEN;
    private int exitStatus;

    /** Too much was pending, and still is more than half of that. */
    private boolean saturated;

    /** Somebody was told that the channel is not writable, and waits to hear that it is. */
    private boolean awaitsWritable;

    private boolean queued;
    private boolean gone;
    private boolean answered;
    private long askedAt;

    /**
     * Makes a channel.
     *
     * @param requests what the peer may ask of it
     * @param localId the number that the peer uses for it
     * @param remoteId the number that we use to the peer
     */
    OpenChannel(
            ConnectionSettings settings,
            ConnectionOutput output,
            ChannelRequests requests,
            int localId,
            int remoteId,
            LocalWindow local,
            RemoteWindow remote) {
        this.settings = settings;
        this.output = output;
        this.requests = requests;
        this.localId = localId;
        this.remoteId = remoteId;
        this.local = local;
        this.remote = remote;
    }

    int localId() {
        return localId;
    }

    int remoteId() {
        return remoteId;
    }

    LocalWindow local() {
        return local;
    }

    /** Whether we have sent CLOSE. */
    boolean isClosed() {
        return sending == Sending.CLOSED;
    }

    boolean hasProgram() {
        return listener != null;
    }

    /** From now on this runs in the channel. */
    void run(SshChannelListener program) {
        listener = program;
    }

    // What the program does.

    @Override
    public EventExecutor eventLoop() {
        return output.eventLoop();
    }

    @Override
    public void write(ByteBuf data) {
        if (gone || sending != Sending.OPEN) {
            data.release();
            return;
        }
        pending.add(data);
        if (pending.octets() >= settings.pendingHigh()) {
            saturated = true;
            awaitsWritable = true;
        }
        output.touch(this);
    }

    @Override
    public long pending() {
        return pending.octets();
    }

    @Override
    public boolean isWritable() {
        boolean writable = isWritableNow();
        if (!writable) {
            awaitsWritable = true;
        }
        return writable;
    }

    private boolean isWritableNow() {
        return !gone && sending == Sending.OPEN && !saturated && output.isWritable();
    }

    @Override
    public void consumed(int octets) {
        local.consumed(octets);
        output.touch(this);
    }

    @Override
    public void finish(int status) {
        if (!gone && sending == Sending.OPEN) {
            sending = Sending.FINISHING;
            exitStatus = status;
            output.touch(this);
        }
    }

    // What the peer does.

    /** The peer was told something that it answers at once. */
    void asked(long now) {
        askedAt = now;
    }

    /** The peer asks for something; returns whether it gets it. */
    boolean requestReceived(String type, SshReader arguments) throws SshProtocolException {
        if (!answered) {
            // The first request follows the peer's hearing that the channel is open.
            answered = true;
            local.roundTrip(System.nanoTime() - askedAt);
        }
        return requests.received(this, type, arguments);
    }

    /** The program at the other end has ended. */
    void exited(int status) {
        SshChannelListener program = listener;
        if (program != null) {
            program.exited(status);
        }
    }

    /** Takes over the buffer. */
    void received(ByteBuf data) throws SshProtocolException {
        int octets = data.readableBytes();
        SshChannelListener program = listener;
        boolean passedOn = false;
        try {
            count(octets);
            // What comes for a channel without a program, or behind its end, is dropped and gives no credit.
            if (octets > 0 && program != null && sending == Sending.OPEN) {
                passedOn = true;
                program.received(data);
            }
        } finally {
            if (!passedOn) {
                data.release();
            }
        }
        output.touch(this);
    }

    /** Octets of a kind that nothing here takes; they are dropped, and cost the peer nothing. */
    void receivedExtended(int octets) throws SshProtocolException {
        count(octets);
        local.consumed(octets);
        output.touch(this);
    }

    private void count(int octets) throws SshProtocolException {
        if (receiving != Receiving.OPEN) {
            throw SshProtocolException.malformed("data behind EOF or CLOSE");
        }
        if (octets > settings.maxPacket()) {
            throw SshProtocolException.malformed(
                    octets + " octets of data in a packet; at most " + settings.maxPacket());
        }
        local.received(octets);
    }

    void adjusted(long octets) throws SshProtocolException {
        remote.adjust(octets);
        output.touch(this);
    }

    void eofReceived() {
        if (receiving == Receiving.OPEN) {
            receiving = Receiving.EOF;
            SshChannelListener program = listener;
            if (program != null && sending == Sending.OPEN) {
                program.eof();
            }
        }
    }

    /** The peer has sent CLOSE: the channel is gone as soon as ours is sent. */
    void closeReceived() {
        receiving = Receiving.CLOSED;
        sendClose();
    }

    /** Sends CLOSE without what is pending. */
    void abort() {
        sendClose();
    }

    // What the connection does.

    boolean isQueued() {
        return queued;
    }

    void setQueued(boolean isQueued) {
        queued = isQueued;
    }

    /** Whether something could be sent if the socket took it. */
    boolean hasToSend() {
        return pending.octets() > 0 ? remote.room() > 0 : sending == Sending.FINISHING;
    }

    /** Sends one packet of data, or the end. */
    void sendNext() {
        if (pending.octets() > 0) {
            ByteBuf payload = pending.next(output.allocator(), remoteId, remote.room());
            remote.sent(payload.readableBytes() - ConnectionSettings.DATA_HEADER);
            output.send(payload);
            if (pending.octets() <= settings.pendingLow()) {
                saturated = false;
            }
        } else if (sending == Sending.FINISHING) {
            output.send(ChannelMessages.eof(remoteId));
            if (requests.programIsOurs()) {
                output.send(ChannelMessages.exitStatus(remoteId, exitStatus));
            }
            sendClose();
        }
    }

    private void sendClose() {
        if (sending != Sending.CLOSED) {
            sending = Sending.CLOSED;
            pending.clear();
            output.send(ChannelMessages.close(remoteId));
        }
    }

    void giveCredit(long now) {
        if (listener != null && receiving == Receiving.OPEN && sending == Sending.OPEN) {
            long octets = local.adjustment(now);
            if (octets > 0) {
                output.send(ChannelMessages.windowAdjust(remoteId, octets));
            }
        }
    }

    void tellIfWritable() {
        SshChannelListener program = listener;
        if (awaitsWritable && program != null && isWritableNow()) {
            awaitsWritable = false;
            program.writable();
        }
    }

    /** The channel is gone, in order or with its connection. */
    void gone() {
        if (gone) {
            return;
        }
        gone = true;
        output.forget(this);
        pending.clear();
        local.close();
        SshChannelListener program = listener;
        if (program != null) {
            program.closed();
        }
    }
}
