package io.portolan.ftp.server.internal.port;

/** Every port of the range is busy for this client's address, and waiting did not help or was not possible. */
public final class PassivePortsExhaustedException extends PassivePortException {

    private static final long serialVersionUID = 1L;

    PassivePortsExhaustedException(String reason, boolean isFinal) {
        super(reason, null, isFinal);
    }

    /** It happens at a rate that clients decide; where it was made says nothing. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
