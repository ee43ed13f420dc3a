package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.SecurityState;

/** PBSZ (RFC 2228 §3): the size of protection buffers, which stream mechanisms such as TLS have none of: always 0 (RFC 4217 §9). */
final class PbszCommand implements FtpCommand {

    private static final long MAX = 0xffff_ffffL;

    @Override
    public void run(CommandContext context, String argument) {
        SecurityState security = context.session().security();
        if (security.mechanism() == null) {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "Say AUTH first.");
            return;
        }
        if (Arguments.number(argument) > MAX) {
            throw new FtpSyntaxException("the number is too large");
        }
        security.agreeOnBufferSize();
        context.reply(FtpReplyCode.COMMAND_OK, "PBSZ=0");
    }
}
