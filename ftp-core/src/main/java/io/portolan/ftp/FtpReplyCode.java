package io.portolan.ftp;

import java.util.Optional;

/**
 * The reply codes of FTP: RFC 959, and what RFC 1639, 2228, 2389, 2428, 3659, 4217, 7151 and the drafts in use add. A code that several of them use for
 * different things is here once. The first digit is what a peer may act on (RFC 1123, section 4.1.2.11).
 */
public enum FtpReplyCode {
    /** Restart marker (RFC 959). */
    RESTART_MARKER(110),
    /** Service ready in some minutes (RFC 959). */
    SERVICE_READY_IN_MINUTES(120),
    /** The data connection is open already and the transfer starts (RFC 959). */
    DATA_CONNECTION_OPEN_TRANSFER_STARTING(125),
    /** The file is fine, the data connection is about to open (RFC 959). */
    FILE_STATUS_OK_OPENING_DATA_CONNECTION(150),
    /** The command succeeded (RFC 959). */
    COMMAND_OK(200),
    /** The command is not needed here (RFC 959). */
    COMMAND_SUPERFLUOUS(202),
    /** System status, or the answer to FEAT (RFC 959, RFC 2389). */
    SYSTEM_STATUS(211),
    /** Directory status (RFC 959). */
    DIRECTORY_STATUS(212),
    /** File status: also the answer to SIZE, MDTM and HASH (RFC 959, RFC 3659). */
    FILE_STATUS(213),
    /** A message for people (RFC 959). */
    HELP_MESSAGE(214),
    /** The system's name (RFC 959). */
    SYSTEM_TYPE(215),
    /** Ready for a new user (RFC 959), or for another host (RFC 7151). */
    SERVICE_READY(220),
    /** The control connection is about to close (RFC 959). */
    CLOSING_CONTROL_CONNECTION(221),
    /** The data connection is open, no transfer runs (RFC 959). */
    DATA_CONNECTION_OPEN(225),
    /** The transfer or the abort succeeded, the data connection closes (RFC 959). */
    CLOSING_DATA_CONNECTION(226),
    /** The answer to PASV: six numbers (RFC 959). */
    ENTERING_PASSIVE_MODE(227),
    /** The answer to LPSV (RFC 1639). */
    ENTERING_LONG_PASSIVE_MODE(228),
    /** The answer to EPSV: a port (RFC 2428). */
    ENTERING_EXTENDED_PASSIVE_MODE(229),
    /** Logged in (RFC 959). */
    USER_LOGGED_IN(230),
    /** Logged in by the security exchange, no password is needed (RFC 2228). */
    USER_AUTHORIZED_BY_SECURITY_EXCHANGE(232),
    /** The security exchange is complete; for AUTH TLS the handshake comes next (RFC 2228, RFC 4217). */
    SECURITY_EXCHANGE_COMPLETE(234),
    /** The security data were accepted and complete the exchange (RFC 2228). */
    SECURITY_DATA_ACCEPTED(235),
    /** The file action succeeded; also the answer to MLST (RFC 959, RFC 3659). */
    FILE_ACTION_OK(250),
    /** A path name, in double quotes (RFC 959). */
    PATHNAME_CREATED(257),
    /** The user name is noted, a password is needed (RFC 959). */
    NEED_PASSWORD(331),
    /** An account is needed to log in (RFC 959). */
    NEED_ACCOUNT(332),
    /** The mechanism is accepted, security data are needed (RFC 2228). */
    SECURITY_MECHANISM_ACCEPTED(334),
    /** The security data were accepted, more are needed (RFC 2228). */
    SECURITY_DATA_ACCEPTED_MORE_NEEDED(335),
    /** The user name is noted, a password is needed that answers a challenge (RFC 2228). */
    NEED_PASSWORD_WITH_CHALLENGE(336),
    /** The action waits for the next command, as after REST and RNFR (RFC 959). */
    PENDING_FURTHER_INFORMATION(350),
    /** The service goes away and closes the control connection (RFC 959). */
    SERVICE_NOT_AVAILABLE(421),
    /** The data connection cannot be opened (RFC 959). */
    CANNOT_OPEN_DATA_CONNECTION(425),
    /** The data connection was closed, the transfer was aborted (RFC 959). */
    TRANSFER_ABORTED(426),
    /** Something that the security exchange needs is not available now (RFC 2228). */
    SECURITY_RESOURCE_UNAVAILABLE(431),
    /** The file is busy (RFC 959). */
    FILE_UNAVAILABLE_FOR_NOW(450),
    /** An error of the server's own (RFC 959). */
    LOCAL_ERROR(451),
    /** There is no space left (RFC 959). */
    INSUFFICIENT_STORAGE(452),
    /** The command was not understood, or its line is too long (RFC 959). */
    UNKNOWN_COMMAND(500),
    /** The argument was not understood (RFC 959). */
    BAD_ARGUMENT(501),
    /** The command is not implemented (RFC 959). */
    COMMAND_NOT_IMPLEMENTED(502),
    /** The command does not fit here (RFC 959). */
    BAD_SEQUENCE(503),
    /** The command is not implemented for this argument; an unknown host (RFC 959, RFC 7151). */
    ARGUMENT_NOT_IMPLEMENTED(504),
    /** No data connection with this PROT setting (RFC 4217), or none of this address family for LPRT (RFC 1639). */
    DATA_CONNECTION_NOT_POSSIBLE(521),
    /** An unknown network protocol, after EPRT and EPSV (RFC 2428); a failed TLS negotiation, after a transfer command (RFC 4217). */
    PROTOCOL_NOT_SUPPORTED(522),
    /** Not logged in (RFC 959). */
    NOT_LOGGED_IN(530),
    /** An account is needed to store files (RFC 959). */
    NEED_ACCOUNT_FOR_STORING(532),
    /** This protection level is denied by policy (RFC 2228). */
    PROTECTION_DENIED(533),
    /** The request is denied for policy reasons (RFC 2228). */
    DENIED_FOR_POLICY_REASONS(534),
    /** A security check failed (RFC 2228). */
    FAILED_SECURITY_CHECK(535),
    /** The mechanism does not support this PROT level (RFC 2228). */
    PROTECTION_LEVEL_NOT_SUPPORTED(536),
    /** The mechanism does not support this protection of commands (RFC 2228). */
    COMMAND_PROTECTION_NOT_SUPPORTED(537),
    /** The file is not there, or access is denied (RFC 959). */
    FILE_UNAVAILABLE(550),
    /** The page type is unknown (RFC 959). */
    PAGE_TYPE_UNKNOWN(551),
    /** The storage allocation is exceeded (RFC 959). */
    STORAGE_ALLOCATION_EXCEEDED(552),
    /** The file name is not allowed (RFC 959). */
    FILE_NAME_NOT_ALLOWED(553),
    /** The parameter of REST cannot be (RFC 3659). */
    INVALID_RESTART_PARAMETER(554),
    /** The transfer cannot restart in this type (RFC 3659). */
    TYPE_MISMATCH(555),
    /** The hash of this file is not available (draft-bryan-ftpext-hash). */
    HASH_NOT_AVAILABLE(556),
    /** A reply protected against changes (RFC 2228). */
    INTEGRITY_PROTECTED_REPLY(631),
    /** A reply protected against changes and reading (RFC 2228). */
    PRIVATE_PROTECTED_REPLY(632),
    /** A reply protected against reading (RFC 2228). */
    CONFIDENTIALITY_PROTECTED_REPLY(633);

    private static final FtpReplyCode[] BY_VALUE = new FtpReplyCode[700];

    static {
        for (FtpReplyCode code : values()) {
            BY_VALUE[code.value] = code;
        }
    }

    private final int value;

    FtpReplyCode(int value) {
        this.value = value;
    }

    /**
     * The number on the wire.
     *
     * @return three digits
     */
    public int value() {
        return value;
    }

    /**
     * Finds a code.
     *
     * @param value a number
     * @return the code, if it is one that is known here
     */
    public static Optional<FtpReplyCode> of(int value) {
        return value < 0 || value >= BY_VALUE.length ? Optional.empty() : Optional.ofNullable(BY_VALUE[value]);
    }
}
