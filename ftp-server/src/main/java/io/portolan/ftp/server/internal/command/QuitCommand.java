package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** QUIT (RFC 959 §4.1.1): the connection is closed; a transfer that runs may end first, and its result is still told. */
final class QuitCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        context.session()
                .quit(FtpReply.of(
                        FtpReplyCode.CLOSING_CONTROL_CONNECTION,
                        context.session().host().messages().goodbye()));
    }
}
