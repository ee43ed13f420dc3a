package io.portolan.ftp.server.internal.command;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.OneShot;
import io.portolan.ftp.server.internal.session.SessionTransfer;
import io.portolan.ftp.server.internal.transfer.Content;

/** RETR (RFC 959 §4.1.3), from REST's mark (RFC 3659 §5) or within RANG's bounds. */
final class RetrCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        VirtualFileSystem files = context.session().files();
        OneShot marks = context.oneShot();
        if ((marks.offset() > 0 || marks.hasRange())
                && context.session().parameters().type() == TransferType.ASCII) {
            // the mark counts bytes of the store, the client's lines have other lengths (RFC 3659 §5.2)
            context.reply(FtpReplyCode.INVALID_RESTART_PARAMETER, "A download goes on in TYPE I only.");
            return;
        }
        SessionTransfer.start(context, () -> {
            ReadableFile file = files.openRead(path, marks.offset());
            ReadableFile source = marks.hasRange() ? new BoundedFile(file, marks.length()) : file;
            return new Content.Outgoing(
                    source, path, marks.offset(), true, "Opening data connection for " + path.name());
        });
    }
}
