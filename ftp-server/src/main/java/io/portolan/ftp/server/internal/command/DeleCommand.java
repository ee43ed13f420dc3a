package io.portolan.ftp.server.internal.command;

import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** DELE (RFC 959 §4.1.3): deletes a file, or a symbolic link but never what it points to. */
final class DeleCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        context.filesChange(
                path,
                files -> {
                    files.delete(path);
                    return FtpReply.of(FtpReplyCode.FILE_ACTION_OK, "Deleted.");
                },
                () -> context.session().events().deleted(path));
    }
}
