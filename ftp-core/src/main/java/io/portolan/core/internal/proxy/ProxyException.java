package io.portolan.core.internal.proxy;

import java.io.IOException;

/** A proxy does not connect to where it should. */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean late;

    ProxyException(String message, boolean late) {
        super(message);
        this.late = late;
    }

    /** Whether it has not answered in time. */
    public boolean isLate() {
        return late;
    }
}
