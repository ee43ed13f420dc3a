package io.portolan.core.internal.codec;

import java.io.IOException;

/** What the server sent is no reply, or is larger than a reply may be. The connection cannot be used any further. */
public final class MalformedReplyException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String message) {
        super(message);
    }
}
