package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** SYST (RFC 959 §4.1.3): what listings look like, as far as clients are concerned. */
final class SystCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        context.reply(
                FtpReplyCode.SYSTEM_TYPE, context.session().host().messages().system());
    }
}
