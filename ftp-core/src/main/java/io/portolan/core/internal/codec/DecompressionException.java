package io.portolan.core.internal.codec;

import java.io.IOException;

/** What came in MODE Z is no zlib stream, or not a whole one: the upload must not be taken for complete. */
public class DecompressionException extends IOException {
    private static final long serialVersionUID = 1L;

    DecompressionException(String message) {
        super(message);
    }
}
