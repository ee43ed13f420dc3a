package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.Fact;
import io.portolan.core.internal.listing.FactsFormat;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.SessionLog;
import io.portolan.ftp.server.internal.session.SessionTransfer;
import io.portolan.ftp.server.internal.transfer.Content;
import java.io.IOException;
import java.util.Set;

/**
 * MLSD (RFC 3659 §7): the facts of a directory's entries, of itself and of its parent. Names are UTF-8 and lines end with CR LF whatever TYPE and OPTS UTF8
 * say; names that begin with a dot are among them. A file is no directory: 501.
 */
final class MlsdCommand implements FtpCommand {

    @Override
    public void run(CommandContext context, String argument) {
        VirtualPath directory = context.path(argument);
        VirtualFileSystem files = context.session().files();
        Set<Fact> facts = context.session().options().facts();
        EntryHelper helper = new EntryHelper(context.session().server().workers());
        SessionTransfer.start(context, () -> {
            FileInfo info = files.stat(directory, LinkHandling.FOLLOW);
            if (!info.isDirectory()) {
                throw new FtpSyntaxException("MLSD is for directories");
            }
            FactsFormat format = new FactsFormat(facts, EntryPermissions.of(files), ControlCharset.UTF_8);
            Listing listing = new Listing(files.list(directory), helper, format, Listing.all(true));
            format.write(".", info, "cdir", listing.lines());
            if (!directory.isRoot()) {
                writeParent(context, files, directory.parent(), format, listing);
            }
            return new Content.Outgoing(listing, directory, 0, false, "Here come the facts.");
        });
    }

    private static void writeParent(
            CommandContext context, VirtualFileSystem files, VirtualPath parent, FactsFormat format, Listing listing) {
        try {
            format.write("..", files.stat(parent, LinkHandling.FOLLOW), "pdir", listing.lines());
        } catch (IOException e) {
            // a parent that cannot be looked at is no reason to refuse the listing: RFC 3659 §7.5.1.3 makes it optional
            SessionLog.debug(context.session(), "MLSD tells nothing of " + parent, e);
        }
    }
}
