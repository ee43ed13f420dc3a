package io.portolan.ssh.internal.connection;

import java.io.IOException;

/** The peer does not open a channel, or does not run in it what it was asked for. */
public final class ChannelOpenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What it has refused. */
    public enum Refusal {
        /** The channel. */
        CHANNEL,
        /** To run the subsystem in it. */
        SUBSYSTEM,
        /** It has closed the channel without an answer. */
        CLOSED
    }

    private final Refusal refusal;

    ChannelOpenException(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
