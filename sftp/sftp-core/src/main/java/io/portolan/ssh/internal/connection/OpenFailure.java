package io.portolan.ssh.internal.connection;

/** Why a channel is not opened (RFC 4254 section 5.1). */
enum OpenFailure {
    ADMINISTRATIVELY_PROHIBITED(1, "not allowed"),
    UNKNOWN_CHANNEL_TYPE(3, "unknown channel type"),
    RESOURCE_SHORTAGE(4, "too many channels");

    private final int code;
    private final String description;

    OpenFailure(int code, String description) {
        this.code = code;
        this.description = description;
    }

    int code() {
        return code;
    }

    /** What the peer may read. */
    String description() {
        return description;
    }
}
