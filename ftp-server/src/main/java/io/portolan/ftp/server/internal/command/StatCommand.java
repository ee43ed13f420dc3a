package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.Glob;
import io.portolan.core.internal.listing.OctetWriter;
import io.portolan.core.internal.listing.UnixListFormat;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.server.internal.session.Activity;
import io.portolan.ftp.server.internal.session.CommandContext;
import io.portolan.ftp.server.internal.session.FtpCommand;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.LongTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * STAT (RFC 959 §4.1.3): on its own what the session is doing, at any time (211); with a path a listing on the control connection (212 for a directory,
 * 213 for a file). During a transfer it tells of the transfer, whatever stands behind it.
 */
final class StatCommand implements FtpCommand {

    /** A reply is kept whole in memory by both sides, and clients stop reading at about as many lines; LIST has no such bound. */
    static final int MAX_LINES = 1000;

    /** Entries looked at in one step. */
    private static final int BATCH = 256;

    @Override
    public void run(CommandContext context, String argument) {
        Activity running = context.session().activity();
        if (running != null) {
            context.reply(
                    FtpReply.multiline(FtpReplyCode.SYSTEM_STATUS, List.of("Status:", " " + running.status(), "End")));
        } else if (argument.isEmpty()) {
            context.reply(session(context.session()));
        } else {
            list(context, ListArgument.parse(argument));
        }
    }

    private static FtpReply session(FtpSession session) {
        List<String> lines = new ArrayList<>();
        lines.add("Status:");
        lines.add(
                " Connected from " + session.info().remoteAddress().getAddress().getHostAddress());
        session.info().user().ifPresent(user -> lines.add(" Logged in as " + user.name()));
        lines.add(" TYPE " + session.parameters().type().argument() + ", STRU F, MODE "
                + (session.parameters().compressed() ? "Z" : "S"));
        lines.add(" Idle time-out " + session.idleTimeout().toSeconds() + " seconds");
        lines.add("End");
        return FtpReply.multiline(FtpReplyCode.SYSTEM_STATUS, lines);
    }

    private static void list(CommandContext context, ListArgument asked) {
        String last = asked.last();
        boolean pattern = Glob.isPattern(last);
        VirtualPath path =
                context.path(pattern ? asked.path().substring(0, asked.path().length() - last.length()) : asked.path());
        LongTask.start(
                context,
                path,
                new Lines(path, pattern ? Listing.matching(last) : Listing.all(asked.hidden()), pattern));
    }

    /** Collects the lines of the reply. */
    private static final class Lines implements LongTask.Steps {
        private final VirtualPath path;
        private final Predicate<String> names;
        private final boolean pattern;
        private final UnixListFormat format = new UnixListFormat(ControlCharset.UTF_8, Instant.now());
        private final List<String> lines = new ArrayList<>();
        private @Nullable EntryStream entries;

        Lines(VirtualPath path, Predicate<String> names, boolean pattern) {
            this.path = path;
            this.names = names;
            this.pattern = pattern;
        }

        @Override
        public Optional<FtpReply> next(VirtualFileSystem files) throws IOException {
            EntryStream stream = entries;
            if (stream == null) {
                FileInfo info = files.stat(path, LinkHandling.FOLLOW);
                lines.add("Status of " + path + ":");
                if (!info.isDirectory() && !pattern) {
                    add(new DirectoryEntry(path.name(), info));
                    return Optional.of(reply(FtpReplyCode.FILE_STATUS));
                }
                stream = files.list(path);
                entries = stream;
            }
            List<DirectoryEntry> batch = stream.next(BATCH);
            for (DirectoryEntry entry : batch) {
                if (lines.size() > MAX_LINES) {
                    lines.add(" There is more, which only LIST shows.");
                    return Optional.of(reply(FtpReplyCode.DIRECTORY_STATUS));
                }
                if (names.test(entry.name())) {
                    add(entry);
                }
            }
            return batch.isEmpty() ? Optional.of(reply(FtpReplyCode.DIRECTORY_STATUS)) : Optional.empty();
        }

        private void add(DirectoryEntry entry) {
            OctetWriter line = new OctetWriter();
            if (format.write(entry, line)) {
                lines.add(" " + new String(line.toByteArray(), StandardCharsets.UTF_8).stripTrailing());
            }
        }

        private FtpReply reply(FtpReplyCode code) {
            lines.add("End");
            return FtpReply.multiline(code, lines);
        }

        @Override
        public void close() throws IOException {
            if (entries != null) {
                entries.close();
            }
        }
    }
}
