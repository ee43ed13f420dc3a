package io.portolan.ftp.server.internal.command;

import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;

/** MKD (RFC 959 §4.1.3, appendix II): makes a directory; 257 tells its whole path. */
final class MkdCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        context.filesChange(
                path,
                files -> {
                    files.createDirectory(path);
                    return PwdCommand.pathReply(path, "created");
                },
                () -> context.session().events().directoryCreated(path));
    }
}
