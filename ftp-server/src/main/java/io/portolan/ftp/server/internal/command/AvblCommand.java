package io.portolan.ftp.server.internal.command;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.nio.file.NotDirectoryException;

/** AVBL (draft-peterson-streamlined-ftp-command-extensions §4): how many bytes may still be stored in a directory. */
final class AvblCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath directory = context.path(argument);
        context.files(directory, files -> {
            SpaceInfo info = files.capability(SpaceInfo.class)
                    .orElseThrow(() -> new OperationNotSupportedException("free space", directory));
            if (!files.stat(directory, LinkHandling.FOLLOW).isDirectory()) {
                throw new NotDirectoryException(directory.toString());
            }
            return FtpReply.of(
                    FtpReplyCode.FILE_STATUS,
                    Long.toString(info.space(directory).usable()));
        });
    }
}
