package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.SessionTransfer;

/**
 * ABOR (RFC 959 §4.1.3): ends the transfer that runs, whose own reply, 426, comes first. If it was over, or an upload was just being published, its result
 * stands. The data connection is closed either way.
 */
final class AborCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        SessionTransfer transfer = context.session().transfer();
        if (transfer != null) {
            transfer.abort(
                    "the client asked for it", () -> context.reply(FtpReplyCode.CLOSING_DATA_CONNECTION, "Aborted."));
        } else {
            context.session().dataConnections().forget();
            context.reply(FtpReplyCode.CLOSING_DATA_CONNECTION, "There was nothing to abort.");
        }
    }
}
