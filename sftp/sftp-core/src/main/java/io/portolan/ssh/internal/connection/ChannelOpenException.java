package io.portolan.ssh.internal.connection;

import java.io.IOException;

/** The peer does not open a channel, or does not run in it what it was asked for. */
public final class ChannelOpenException extends IOException {
    private static final long serialVersionUID = 1L;

    ChannelOpenException(String message) {
        super(message);
    }
}
