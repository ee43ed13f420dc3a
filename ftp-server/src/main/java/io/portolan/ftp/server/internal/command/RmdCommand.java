package io.portolan.ftp.server.internal.command;

import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** RMD (RFC 959 §4.1.3): removes an empty directory. */
final class RmdCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        if (path.isRoot()) {
            context.reply(FtpReplyCode.FILE_UNAVAILABLE, "The root stays.");
            return;
        }
        context.filesChange(
                path,
                files -> {
                    files.deleteDirectory(path);
                    return FtpReply.of(FtpReplyCode.FILE_ACTION_OK, "Removed.");
                },
                () -> context.session().events().deleted(path));
    }
}
