package io.portolan.sftp.server.internal.engine;

import io.portolan.sftp.internal.SftpStatus;
import java.io.IOException;

/** A request is refused by what the server itself says, not by the file system. The message is told to the peer. */
public final class RequestFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final SftpStatus status;

    public RequestFailure(SftpStatus status, String message) {
        super(message);
        this.status = status;
    }

    /** The handle is not one of ours, is closed, or is of the wrong kind. */
    public static RequestFailure noSuchHandle() {
        return new RequestFailure(SftpStatus.INVALID_HANDLE, "No such handle");
    }

    /** What the peer is told, in the newest version. */
    public SftpStatus status() {
        return status;
    }
}
