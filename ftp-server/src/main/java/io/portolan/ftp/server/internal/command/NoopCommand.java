package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** NOOP (RFC 959 §4.1.3): nothing. Clients keep a connection alive with it. */
final class NoopCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        context.reply(FtpReplyCode.COMMAND_OK, "Still here.");
    }
}
