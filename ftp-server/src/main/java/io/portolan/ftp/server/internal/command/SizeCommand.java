package io.portolan.ftp.server.internal.command;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * SIZE (RFC 3659 §4): how many bytes a transfer would move. In TYPE A that is known only after reading the whole file, so it is refused there with 550.
 * Where nothing but a part of a broken upload is kept, it is that part's size, from which the upload can go on.
 */
final class SizeCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        if (context.session().parameters().type() == TransferType.ASCII) {
            context.reply(FtpReplyCode.FILE_UNAVAILABLE, "The size in TYPE A is not known, say TYPE I.");
            return;
        }
        VirtualPath path = context.path(argument);
        context.files(path, files -> FtpReply.of(FtpReplyCode.FILE_STATUS, Long.toString(size(files, path))));
    }

    private static long size(VirtualFileSystem files, VirtualPath path) throws IOException {
        try {
            return files.stat(path, LinkHandling.FOLLOW).contentSize().orElseThrow(() -> new NotAFileException(path));
        } catch (NoSuchFileException e) {
            Optional<ResumableUploads> resumable = files.capability(ResumableUploads.class);
            OptionalLong kept =
                    resumable.isEmpty() ? OptionalLong.empty() : resumable.get().keptSize(path);
            return kept.orElseThrow(() -> e);
        }
    }
}
