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
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
        VirtualPath path = context.path(asked.path());
        String above =
                asked.path().substring(0, asked.path().length() - asked.last().length());
        VirtualPath parent = context.path(above);
        EntryHelper helper = new EntryHelper(context.session().server().workers());
        SessionTransfer.start(context, () -> {
            if (Glob.isPattern(asked.last()) && !exists(files, path)) {
                Listing matches =
                        new Listing(files.list(parent), helper, format(above, charset), Listing.matching(asked.last()));
                return content(matches, parent);
            }
            FileInfo info = files.stat(path, LinkHandling.FOLLOW);
            if (info.isDirectory()) {
                ListingFormat format = format(asPrefix(asked.path()), charset);
                return content(new Listing(files.list(path), helper, format, Listing.all(asked.hidden())), path);
            }
            EntryStream only = EntryStream.of(List.of(new DirectoryEntry(path.name(), info)));
            return content(new Listing(only, helper, format(above, charset), Listing.all(true)), path);
        });
    }

    /** Somebody may have called a file like a pattern, and means it. */
    private static boolean exists(VirtualFileSystem files, VirtualPath path) throws IOException {
        try {
            files.stat(path, LinkHandling.FOLLOW);
            return true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false;
        }
    }

    private static String asPrefix(String directory) {
        return directory.isEmpty() || directory.endsWith("/") ? directory : directory + "/";
    }

    /** NLST's names are to be given to RETR, so they carry the path that was asked for (RFC 1123 §4.1.2.7). */
    private ListingFormat format(String prefix, ControlCharset charset) {
        return switch (kind) {
            case LONG -> new UnixListFormat(charset, Instant.now());
            case NAMES -> new NameListFormat(prefix, charset);
        };
    }

    private static Content content(Listing listing, VirtualPath path) {
        return new Content.Outgoing(listing, path, 0, false, "Here comes the listing.");
    }
}
