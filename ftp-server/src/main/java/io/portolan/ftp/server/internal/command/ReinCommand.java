package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** REIN (RFC 959 §4.1.1): everything is as after the greeting. A transfer that runs ends first, since the commands behind it wait. */
final class ReinCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        context.session().reinitialize();
        context.reply(
                FtpReplyCode.SERVICE_READY, context.session().host().messages().greeting());
    }
}
