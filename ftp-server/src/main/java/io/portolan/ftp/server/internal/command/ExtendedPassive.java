package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import org.jspecify.annotations.Nullable;

/** What the commands that prepare a data connection share. */
final class ExtendedPassive {

    private ExtendedPassive() {}

    /** After EPSV ALL every other way is refused, until the session ends (RFC 2428 §4). */
    static boolean refuses(CommandContext context) {
        if (!context.session().options().extendedPassiveOnly()) {
            return false;
        }
        context.reply(FtpReplyCode.BAD_SEQUENCE, "EPSV ALL was said, only EPSV is accepted.");
        return true;
    }

    static FtpReply noPort(@Nullable Throwable failure) {
        return FtpReply.of(
                FtpReplyCode.CANNOT_OPEN_DATA_CONNECTION,
                "No port for the data connection: " + (failure == null ? "unknown" : failure.getMessage()));
    }
}
