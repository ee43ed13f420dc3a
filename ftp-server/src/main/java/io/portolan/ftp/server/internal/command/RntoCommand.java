package io.portolan.ftp.server.internal.command;

import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/**
 * RNTO (RFC 959 §4.1.3): the new name. A file of that name is replaced, as clients expect who upload under another name first; a directory never is.
 */
final class RntoCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath from = context.oneShot().renameFrom();
        if (from == null) {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "Say RNFR immediately before.");
            return;
        }
        VirtualPath to = context.path(argument);
        if (to.isRoot()) {
            context.reply(FtpReplyCode.FILE_NAME_NOT_ALLOWED, "The root has its name already.");
            return;
        }
        context.filesChange(
                to,
                // a store that renames by copying has as much to do as for an upload
                context.timeouts().publish(),
                files -> {
                    files.rename(from, to, RenameMode.REPLACE);
                    return FtpReply.of(FtpReplyCode.FILE_ACTION_OK, "Renamed.");
                },
                () -> context.session().events().renamed(from, to));
    }
}
