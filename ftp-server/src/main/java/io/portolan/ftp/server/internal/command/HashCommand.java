package io.portolan.ftp.server.internal.command;

import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.LongTask;
import io.portolan.ftp.server.internal.session.OneShot;

/**
 * HASH (draft-bryan-ftpext-hash §3): {@code 213 SHA-256 0-48 hash path}, of the whole file or of RANG's part; both numbers count bytes from 0, the second is the
 * last byte's.
 */
final class HashCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        OneShot marks = context.oneShot();
        HashAlgorithm algorithm =
                HashAlgorithm.named(context.session().options().hashAlgorithm()).orElse(HashAlgorithm.SHA_256);
        FileHash.Part part = new FileHash.Part(
                path, marks.hasRange() ? marks.offset() : 0, marks.hasRange() ? marks.length() : Long.MAX_VALUE);
        LongTask.start(context, path, new FileHash(algorithm, files -> part, result -> reply(algorithm, result)));
    }

    private static FtpReply reply(HashAlgorithm algorithm, FileHash.Result result) {
        long last = Math.max(result.first(), result.first() + result.count() - 1);
        return FtpReply.of(
                FtpReplyCode.FILE_STATUS,
                algorithm.ftpName() + " " + result.first() + "-" + last + " " + result.hex() + " " + result.path());
    }
}
