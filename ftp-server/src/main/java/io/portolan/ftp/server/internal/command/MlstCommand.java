package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.Fact;
import io.portolan.core.internal.listing.FactsFormat;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.Features;
import io.portolan.ftp.server.internal.session.FtpCommand;
import java.util.List;
import java.util.Set;

/** MLST (RFC 3659 §7): the facts of one path, on the control connection. */
final class MlstCommand implements FtpCommand {
    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath path = context.path(argument);
        Set<Fact> facts = context.session().options().facts();
        context.files(path, files -> {
            FileInfo info = files.stat(path, LinkHandling.NO_FOLLOW);
            FactsFormat format = new FactsFormat(facts, EntryPermissions.of(files), ControlCharset.UTF_8);
            return FtpReply.multiline(
                    FtpReplyCode.FILE_ACTION_OK, List.of("Listing " + path, format.line(path.toString(), info), "End"));
        });
    }

    /** The line of FEAT, with a star behind each fact that is told (RFC 3659 §7.8). */
    static String feature(Features features) {
        return "MLST " + Fact.feat(features.options().facts());
    }
}
