package io.portolan.ftp.server.internal.command;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.OneShot;

/** RNFR (RFC 959 §4.1.3): what is to be renamed; RNTO must be the very next command. */
final class RnfrCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        if (path.isRoot()) {
            context.reply(FtpReplyCode.FILE_UNAVAILABLE, "The root keeps its name.");
            return;
        }
        context.filesThen(
                path,
                files -> {
                    files.stat(path, LinkHandling.NO_FOLLOW);
                    return FtpReply.of(FtpReplyCode.PENDING_FURTHER_INFORMATION, "Say RNTO with the new name.");
                },
                () -> context.session().oneShot(OneShot.rename(path)));
    }
}
