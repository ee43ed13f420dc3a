package io.portolan.examples.standalone.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failure of which all is known that there is to say. */
final class TroubleException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Trouble trouble;

    TroubleException(Trouble trouble, @Nullable Throwable cause) {
        super(trouble.words(), cause);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
