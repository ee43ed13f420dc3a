package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** CDUP (RFC 959 §4.1.1): the parent directory; the root's is the root. */
final class CdupCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        CwdCommand.change(context, context.session().directory().parent());
    }
}
