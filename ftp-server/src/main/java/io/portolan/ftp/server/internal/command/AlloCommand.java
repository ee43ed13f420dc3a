package io.portolan.ftp.server.internal.command;

import io.portolan.fs.SpaceInfo;
import io.portolan.fs.SpaceInfo.Space;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ALLO (RFC 959 §4.1.3): room for the upload that comes next. Nothing is reserved; but who asks is told at once that there is no room, instead of
 * after the upload: 552 if it could never fit, 452 if it does not now.
 */
final class AlloCommand implements FtpCommand {

    /** {@code ALLO bytes} or {@code ALLO bytes R record-size}. */
    private static final Pattern ARGUMENT = Pattern.compile("(\\d+)(?: [Rr] \\d+)?");

    @Override
    public void run(CommandContext context, String argument) {
        Matcher asked = ARGUMENT.matcher(argument);
        if (!asked.matches()) {
            throw new FtpSyntaxException("ALLO takes a number of bytes");
        }
        long bytes = Arguments.number(asked.group(1));
        VirtualPath directory = context.session().directory();
        context.files(directory, files -> {
            Optional<SpaceInfo> info = files.capability(SpaceInfo.class);
            if (info.isEmpty()) {
                return FtpReply.of(FtpReplyCode.COMMAND_SUPERFLUOUS, "Nothing has to be allocated.");
            }
            Space space = info.get().space(directory);
            if (bytes > space.total()) {
                return FtpReply.of(FtpReplyCode.STORAGE_ALLOCATION_EXCEEDED, "That is more than there is room for.");
            }
            if (bytes > space.usable()) {
                return FtpReply.of(FtpReplyCode.INSUFFICIENT_STORAGE, "There is not that much room now.");
            }
            return FtpReply.of(FtpReplyCode.COMMAND_OK, "There is room.");
        });
    }
}
