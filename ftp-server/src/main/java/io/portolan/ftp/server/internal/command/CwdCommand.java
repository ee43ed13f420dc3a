package io.portolan.ftp.server.internal.command;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import java.nio.file.NotDirectoryException;

/** CWD (RFC 959 §4.1.1): another working directory, if there is one. */
final class CwdCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        change(context, context.path(argument));
    }

    static void change(CommandContext context, VirtualPath directory) {
        FtpSession session = context.session();
        context.filesThen(
                directory,
                files -> {
                    if (!files.stat(directory, LinkHandling.FOLLOW).isDirectory()) {
                        throw new NotDirectoryException(directory.toString());
                    }
                    return FtpReply.of(FtpReplyCode.FILE_ACTION_OK, "The current directory is " + directory);
                },
                () -> session.directory(directory));
    }
}
