package io.portolan.ftp.server.internal.command;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** A verb that always gets the same answer: one that is not implemented here, or one that there is nothing to do for. */
final class FixedReplyCommand implements FtpCommand {

    private final FtpReply reply;

    FixedReplyCommand(FtpReplyCode code, String text) {
        this.reply = FtpReply.of(code, text);
    }

    @Override
    public void run(CommandContext context, String argument) {
        context.reply(reply);
    }
}
