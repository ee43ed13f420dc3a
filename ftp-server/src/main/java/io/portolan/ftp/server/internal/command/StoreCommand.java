package io.portolan.ftp.server.internal.command;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.OneShot;
import io.portolan.ftp.server.internal.session.SessionTransfer;
import io.portolan.ftp.server.internal.transfer.Content;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.security.SecureRandom;

/**
 * STOR, APPE and STOU (RFC 959 §4.1.3, RFC 1123 §4.1.2.9): one upload with three ways to open the file. 226 comes when the file has been published, not before.
 */
final class StoreCommand implements FtpCommand {

    /** How an upload's file is opened. */
    enum Mode {
        /** STOR: new or replaced, or continued at REST's mark. */
        STORE,
        /** APPE: at the end of what is there. */
        APPEND,
        /** STOU: under a name of the server's choice. */
        UNIQUE
    }

    /** Two uploads that choose the same name out of 2^40 are not met; more tries than these would mean that something else is wrong. */
    private static final int MAX_TRIES = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Mode mode;

    StoreCommand(Mode mode) {
        this.mode = mode;
    }

    @Override
    public void run(CommandContext context, String argument) {
        OneShot marks = context.oneShot();
        if (marks.hasRange()) {
            context.reply(FtpReplyCode.BAD_SEQUENCE, "RANG is for downloads.");
            return;
        }
        if (marks.offset() > 0 && context.session().parameters().type() == TransferType.ASCII) {
            // the mark counts bytes of the store, the client's lines have other lengths (RFC 3659 §5.2)
            context.reply(FtpReplyCode.INVALID_RESTART_PARAMETER, "An upload goes on in TYPE I only.");
            return;
        }
        VirtualFileSystem files = context.session().files();
        VirtualPath path = context.path(argument);
        SessionTransfer.start(context, () -> switch (mode) {
            case STORE -> store(files, path, marks.offset());
            case APPEND -> incoming(append(files, path), path, 0);
            case UNIQUE -> unique(files, argument.isEmpty() ? path : path.parent());
        });
    }

    private static Content store(VirtualFileSystem files, VirtualPath path, long offset) throws IOException {
        if (offset == 0) {
            return incoming(files.openWrite(path, WriteMode.REPLACE), path, 0);
        }
        ResumableUploads resumable = files.capability(ResumableUploads.class)
                .orElseThrow(() -> new OperationNotSupportedException("resume", path));
        return incoming(resumable.resume(path, offset), path, offset);
    }

    private static WritableFile append(VirtualFileSystem files, VirtualPath path) throws IOException {
        return files.capability(AppendSupport.class)
                .orElseThrow(() -> new OperationNotSupportedException("append", path))
                .openAppend(path);
    }

    private static Content unique(VirtualFileSystem files, VirtualPath directory) throws IOException {
        for (int i = 0; ; i++) {
            VirtualPath path = directory.child(String.format("ftp-%010x", RANDOM.nextLong() & 0xff_ffff_ffffL));
            try {
                // RFC 1123 §4.1.2.9: the name comes in exactly this form
                return new Content.Incoming(
                        files.openWrite(path, WriteMode.CREATE_NEW), path, 0, "FILE: " + path.name());
            } catch (FileAlreadyExistsException e) {
                if (i == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static Content incoming(WritableFile sink, VirtualPath path, long offset) {
        return new Content.Incoming(sink, path, offset, "Opening data connection for " + path.name());
    }
}
