package io.portolan.ssh.internal.wire;

/** Who may send a message. One that comes from the other side is a violation, not something to ignore: servers have let intruders in by that. */
public enum MessageSender {
    CLIENT,
    SERVER,
    EITHER;

    /** Whether a message may come from the client, or else from the server. */
    public boolean may(boolean client) {
        return this == EITHER || (this == CLIENT) == client;
    }
}
