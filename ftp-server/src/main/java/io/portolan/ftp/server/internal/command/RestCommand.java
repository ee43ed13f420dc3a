package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.OneShot;

/**
 * REST (RFC 959 §4.1.3, RFC 3659 §5): where in the file the next transfer begins, in bytes. It is forgotten after the next command, unless that one only
 * prepares the transfer. Whether the mark fits is seen when the file is opened: 554.
 */
final class RestCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        long offset = Arguments.number(argument);
        context.session().oneShot(OneShot.restart(offset));
        context.reply(FtpReplyCode.PENDING_FURTHER_INFORMATION, "Restarting at " + offset + ", say STOR or RETR.");
    }
}
