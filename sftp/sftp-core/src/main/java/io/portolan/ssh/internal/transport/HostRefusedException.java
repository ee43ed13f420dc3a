package io.portolan.ssh.internal.transport;

/** A {@link HostKeyVerifier} does not trust the host. No {@link java.io.IOException}, as the connection is well: the host is told why it ends (RFC 4253, section 11.1). */
final class HostRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the verifier has thrown. */
    private final Exception reason;

    HostRefusedException(Exception reason) {
        super(reason);
        this.reason = reason;
    }

    Exception reason() {
        return reason;
    }
}
