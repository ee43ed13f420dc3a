package io.portolan.ftp.server.internal.port;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No passive port can be had. The message is fit for the text of a 425 reply: it names no address and no path. */
public sealed class PassivePortException extends IOException permits PassivePortsExhaustedException {

    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    PassivePortException(String reason, @Nullable Throwable cause, boolean isFinal) {
        super(reason, cause);
        this.isFinal = isFinal;
    }

    /** Whether another part of the ports, or waiting, is not to be tried. */
    final boolean isFinal() {
        return isFinal;
    }
}
