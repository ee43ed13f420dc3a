package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.listing.ListedLine;
import io.portolan.core.internal.listing.ListingLine;
import io.portolan.core.internal.listing.ListingParser;
import io.portolan.core.internal.listing.ListingReader;
import io.portolan.core.internal.listing.TimePrecision;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.WritableFile;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.ListingResult;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes entries of a listing's octets. On a lane, but for {@link #result}. */
final class ListingSink implements TransferSink, WritableFile {

    private static final Logger LOG = LoggerFactory.getLogger(ListingSink.class);

    /** Octets that are read at a time, which bounds the entries of a batch: a hundred or two of usual lines. */
    private static final int PORTION = 16 * 1024;

    /** Whom entries are given, a batch at a time. */
    @FunctionalInterface
    interface Batches {
        void put(List<RemoteEntry> batch) throws IOException;
    }

    private final Supplier<ListingParser> parser;
    private final ControlCharset charset;
    private final Batches batches;
    private final List<String> unreadLines = new ArrayList<>();
    private ListingReader reader;
    private long entries;
    private long unread;

    ListingSink(Supplier<ListingParser> parser, ControlCharset charset, Batches batches) {
        this.parser = parser;
        this.charset = charset;
        this.batches = batches;
        this.reader = new ListingReader(parser.get(), charset);
    }

    @Override
    public WritableFile open(long offset) {
        reader = new ListingReader(parser.get(), charset);
        return this;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int end = source.limit();
        while (source.position() < end) {
            source.limit(Math.min(end, source.position() + PORTION));
            reader.add(source);
            source.limit(end);
            give();
        }
    }

    private void give() throws IOException {
        List<RemoteEntry> batch = new ArrayList<>();
        ListedLine line = reader.next();
        while (line != null) {
            if (line.result() instanceof ListingLine.Entry entry) {
                batch.add(entry(entry, line.text()));
            } else if (!(line.result() instanceof ListingLine.Skipped)) {
                unread(line);
            }
            line = reader.next();
        }
        if (!batch.isEmpty()) {
            entries += batch.size();
            batches.put(batch);
        }
    }

    static RemoteEntry entry(ListingLine.Entry entry, String line) {
        DirectoryEntry found = entry.entry();
        return RemoteEntry.of(
                found.name(),
                found.info(),
                entry.sized(),
                entry.time() == TimePrecision.UNKNOWN ? null : entry.time().width(),
                line);
    }

    private void unread(ListedLine line) {
        unread++;
        if (unreadLines.size() < ListingResult.MAX_UNREAD_LINES) {
            unreadLines.add(line.text());
        }
    }

    @Override
    public void commit() throws IOException {
        reader.finish();
        give();
        if (unread > 0) {
            LOG.warn(
                    "{} lines of a listing could not be read, the first is {}",
                    unread,
                    FtpReply.of(212, unreadLines.get(0)));
        }
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** What there was, when it is over. */
    ListingResult result(FtpReply reply) {
        return new ListingResult(entries, unread, unreadLines, reply);
    }
}
