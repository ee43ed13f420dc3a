package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.Activity;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/**
 * ABOR (RFC 959 §4.1.3): ends the transfer that runs, whose own reply, 426, comes first; a hash too. If it was over, or an upload was just being published, its
 * result stands. The data connection is closed either way.
 */
final class AborCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        Activity running = context.session().activity();
        if (running != null) {
            running.abort(
                    "the client asked for it", () -> context.reply(FtpReplyCode.CLOSING_DATA_CONNECTION, "Aborted."));
        } else {
            context.session().dataConnections().forget();
            context.reply(FtpReplyCode.CLOSING_DATA_CONNECTION, "There was nothing to abort.");
        }
    }
}
