package io.portolan.sftp.client;

import io.portolan.sftp.internal.SftpStatus;

/**
 * The server has refused a request, or has failed to carry it out (draft-ietf-secsh-filexfer-13 section 9.1). Retryable only where the code says that it may be otherwise later: version 3 has but one code,
 * {@link #FAILURE}, for most that can go wrong.
 */
public final class SftpStatusException extends SftpException {

    private static final long serialVersionUID = 1L;

    /** There is no such file or directory. */
    public static final int NO_SUCH_FILE = 2;

    /** The user may not do that. */
    public static final int PERMISSION_DENIED = 3;

    /** Something has failed, of which there is no more to know than the text tells. */
    public static final int FAILURE = 4;

    /** The server cannot do that. */
    public static final int OP_UNSUPPORTED = 8;

    /** A file of that name is there already; from version 4 on. */
    public static final int FILE_ALREADY_EXISTS = 11;

    private final String operation;
    private final int status;
    private final String text;

    /**
     * Makes the exception.
     *
     * @param operation what was asked for
     * @param status the code
     * @param text what the server has said, fit to be printed
     */
    public SftpStatusException(String operation, int status, String text) {
        super(message(operation, status, text), null, isTemporary(status));
        this.operation = operation;
        this.status = status;
        this.text = text;
    }

    private static String message(String operation, int status, String text) {
        String name = SftpStatus.of(status).map(SftpStatus::name).orElse("status " + status);
        return operation + ": " + (text.isBlank() ? name : text + " (" + name + ")");
    }

    private static boolean isTemporary(int status) {
        return status == SftpStatus.NO_CONNECTION.code()
                || status == SftpStatus.CONNECTION_LOST.code()
                || status == SftpStatus.LOCK_CONFLICT.code()
                || status == SftpStatus.BYTE_RANGE_LOCK_CONFLICT.code();
    }

    /**
     * What was refused.
     *
     * @return the request and its path
     */
    public String operation() {
        return operation;
    }

    /**
     * Why.
     *
     * @return the code of the STATUS message
     */
    public int status() {
        return status;
    }

    /**
     * What the server has said.
     *
     * @return the text, without control characters; may be empty
     */
    public String text() {
        return text;
    }

    /**
     * Whether the server knows of no such file or directory.
     *
     * @return whether the code says so
     */
    public boolean isNotFound() {
        return status == NO_SUCH_FILE || status == SftpStatus.NO_SUCH_PATH.code();
    }

    /**
     * Whether something is there already; version 3 has no code for it.
     *
     * @return whether the code says so
     */
    public boolean isAlreadyExists() {
        return status == FILE_ALREADY_EXISTS;
    }

    /**
     * Whether the server does not have what was asked for.
     *
     * @return whether the code says so
     */
    public boolean isUnsupported() {
        return status == OP_UNSUPPORTED;
    }
}
