package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;

/**
 * REIN (RFC 959 §4.1.1, RFC 4217 §11): everything is as after the greeting, in the clear if that was. A transfer that runs ends first, since the commands behind it wait.
 */
final class ReinCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        if (session.security().isControlProtected() && session.hasUnreadCommands()) {
            session.sendAndClose(
                    FtpReply.of(FtpReplyCode.BAD_SEQUENCE, "Nothing may be sent behind REIN before its reply."),
                    "sent something behind REIN");
            return;
        }
        session.reinitialize();
        session.send(FtpReply.of(
                FtpReplyCode.SERVICE_READY, session.host().messages().greeting()));
        session.forgetProtection();
        context.done();
    }
}
