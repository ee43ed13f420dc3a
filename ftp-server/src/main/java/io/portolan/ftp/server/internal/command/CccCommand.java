package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.SecurityState;

/** CCC (RFC 2228 §3, RFC 4217 §12.2): takes the control connection back into the clear, where the settings allow it; its reply is still protected. */
final class CccCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        FtpSession session = context.session();
        SecurityState security = session.security();
        ServerSecurity mechanism = security.mechanism();
        SessionSecurity protection = security.session();
        if (mechanism == null || protection == null || !security.isControlProtected()) {
            context.reply(FtpReplyCode.PROTECTION_DENIED, "The connection is in the clear already.");
        } else if (!mechanism.isClearingAllowed()) {
            context.reply(FtpReplyCode.DENIED_FOR_POLICY_REASONS, "The connection stays protected.");
        } else if (session.hasUnreadCommands()) {
            session.sendAndClose(
                    FtpReply.of(FtpReplyCode.BAD_SEQUENCE, "Nothing may be sent behind CCC before its reply."),
                    "sent something behind CCC");
        } else {
            session.send(FtpReply.of(FtpReplyCode.COMMAND_OK, "Now in the clear."));
            session.clearControl(protection);
            context.done();
        }
    }
}
