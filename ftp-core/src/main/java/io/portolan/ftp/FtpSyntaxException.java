package io.portolan.ftp;

/**
 * A text from the peer does not have the form that its RFC gives; a server answers 501. The message never repeats the peer's text, so that it may
 * be logged and sent.
 */
public class FtpSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception.
     *
     * @param message what is wrong, without the peer's own text
     */
    public FtpSyntaxException(String message) {
        super(message);
    }
}
