package io.portolan.sftp.server.internal.scp;

import java.io.IOException;

/** What ends a copy. The message is for the peer. */
final class ScpException extends IOException {
    private static final long serialVersionUID = 1L;

    ScpException(String message) {
        super(message);
    }
}
