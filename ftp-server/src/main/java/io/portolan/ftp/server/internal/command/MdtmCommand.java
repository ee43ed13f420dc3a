package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.FtpTime;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MDTM (RFC 3659 §3): when a file's content last changed, in UTC. {@code MDTM YYYYMMDDhhmmss path}, which is in no RFC, sets it: old clients know nothing
 * else, and a file that is really called so is asked for all the same.
 */
final class MdtmCommand implements FtpCommand {

    private static final Pattern SET = Pattern.compile("(\\d{14}(?:\\.\\d+)?) (.+)", Pattern.DOTALL);

    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        Matcher set = SET.matcher(argument);
        if (!set.matches()) {
            context.files(path, files -> modified(files, path));
            return;
        }
        VirtualPath target = context.path(set.group(2));
        context.files(target, files -> {
            try {
                return modified(files, path);
            } catch (NoSuchFileException e) {
                Instant time = FtpTime.parse(set.group(1));
                FileTimes.change(files, target, AttributeChange.nothing().withModified(time));
                return FtpReply.of(FtpReplyCode.FILE_STATUS, "Modify=" + FtpTime.format(time) + "; " + target);
            }
        });
    }

    private static FtpReply modified(VirtualFileSystem files, VirtualPath path) throws IOException {
        return FtpReply.of(
                FtpReplyCode.FILE_STATUS,
                FtpTime.format(files.stat(path, LinkHandling.FOLLOW).modified()));
    }
}
