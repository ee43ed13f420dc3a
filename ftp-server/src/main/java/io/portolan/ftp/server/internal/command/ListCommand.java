package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.Glob;
import io.portolan.core.internal.listing.ListingFormat;
import io.portolan.core.internal.listing.NameListFormat;
import io.portolan.core.internal.listing.UnixListFormat;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.SessionTransfer;
import io.portolan.ftp.server.internal.transfer.Content;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** LIST and NLST (RFC 959 §4.1.3): a directory, a file, or what a pattern in the last segment matches. Options as of {@code ls} are understood or passed over. */
final class ListCommand implements FtpCommand {

    /** What is listed. */
    enum Kind {
        /** LIST: lines as {@code ls -l} writes them. */
        LONG,
        /** NLST: names only, for programs. */
        NAMES
    }

    private final Kind kind;

    ListCommand(Kind kind) {
        this.kind = kind;
    }

    @Override
    public void run(CommandContext context, String argument) {
        ListArgument asked = ListArgument.parse(argument);
        VirtualFileSystem files = context.session().files();
        ControlCharset charset = context.session().charset();
        String last = asked.path().substring(asked.path().lastIndexOf('/') + 1);
        boolean pattern = Glob.isPattern(last);
        VirtualPath path =
                context.path(pattern ? asked.path().substring(0, asked.path().length() - last.length()) : asked.path());
        // NLST's names are to be given to RETR, so they carry the path that was asked for (RFC 1123 §4.1.2.7)
        String prefix =
                pattern ? asked.path().substring(0, asked.path().length() - last.length()) : prefix(asked.path());
        ListingFormat format =
                kind == Kind.LONG ? new UnixListFormat(charset, Instant.now()) : new NameListFormat(prefix, charset);
        SessionTransfer.start(context, () -> {
            if (pattern) {
                return content(new Listing(files.list(path), format, Listing.matching(last)), path);
            }
            FileInfo info = files.stat(path, LinkHandling.FOLLOW);
            if (info.isDirectory()) {
                return content(new Listing(files.list(path), format, Listing.all(asked.hidden())), path);
            }
            return content(one(path, info, charset), path);
        });
    }

    private static String prefix(String directory) {
        return directory.isEmpty() || directory.endsWith("/") ? directory : directory + "/";
    }

    private Listing one(VirtualPath path, FileInfo info, ControlCharset charset) {
        ListingFormat format =
                kind == Kind.LONG ? new UnixListFormat(charset, Instant.now()) : new NameListFormat("", charset);
        return new Listing(EntryStream.of(List.of(new DirectoryEntry(path.name(), info))), format, Listing.all(true));
    }

    private static Content content(Listing listing, VirtualPath path) throws IOException {
        return new Content.Outgoing(listing, path, 0, false, "Here comes the listing.");
    }
}
