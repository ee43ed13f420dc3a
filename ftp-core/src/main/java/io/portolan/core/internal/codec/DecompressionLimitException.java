package io.portolan.core.internal.codec;

/** What came in MODE Z inflates to more than is allowed. */
public final class DecompressionLimitException extends DecompressionException {
    private static final long serialVersionUID = 1L;

    DecompressionLimitException(String message) {
        super(message);
    }
}
