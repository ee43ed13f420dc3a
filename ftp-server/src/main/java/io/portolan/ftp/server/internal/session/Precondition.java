package io.portolan.ftp.server.internal.session;

import io.portolan.core.internal.codec.FtpRequest;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import org.jspecify.annotations.Nullable;

/** What must hold before a command is run; the table says which command needs which, and this is the only place that checks. */
public enum Precondition {
    /** A user is logged in. */
    LOGIN {
        @Override
        @Nullable
        FtpReply refusal(FtpSession session, FtpRequest request) {
            return session.login() instanceof LoginState.LoggedIn
                    ? null
                    : FtpReply.of(FtpReplyCode.NOT_LOGGED_IN, "Log in first, with USER and PASS.");
        }
    },
    /** There is an argument. */
    ARGUMENT {
        @Override
        @Nullable
        FtpReply refusal(FtpSession session, FtpRequest request) {
            return request.hasArgument()
                    ? null
                    : FtpReply.of(FtpReplyCode.BAD_ARGUMENT, request.verb() + " needs an argument.");
        }
    },
    /** There is none. */
    NO_ARGUMENT {
        @Override
        @Nullable
        FtpReply refusal(FtpSession session, FtpRequest request) {
            return request.hasArgument()
                    ? FtpReply.of(FtpReplyCode.BAD_ARGUMENT, request.verb() + " takes no argument.")
                    : null;
        }
    },
    /** A data connection has been agreed upon, by a command before this one. */
    DATA_CONNECTION {
        @Override
        @Nullable
        FtpReply refusal(FtpSession session, FtpRequest request) {
            // RFC 1123 §4.1.2.5: the default data port must not be taken for granted
            return session.data() instanceof DataState.None
                    ? FtpReply.of(FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION, "Say PASV, EPSV, PORT or EPRT first.")
                    : null;
        }
    },
    /** The data connection is protected as much as this server demands, of all or of this user. */
    DATA_PROTECTION {
        @Override
        @Nullable
        FtpReply refusal(FtpSession session, FtpRequest request) {
            return session.dataRefusal();
        }
    };

    abstract @Nullable FtpReply refusal(FtpSession session, FtpRequest request);
}
