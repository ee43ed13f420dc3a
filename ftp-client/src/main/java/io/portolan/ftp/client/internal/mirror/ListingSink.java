package io.portolan.ftp.client.internal.mirror;

import io.portolan.core.internal.listing.ListedLine;
import io.portolan.core.internal.listing.ListingLine;
import io.portolan.core.internal.listing.ListingReader;
import io.portolan.core.internal.listing.TimePrecision;
import io.portolan.core.internal.mirror.TreeEntry;
import io.portolan.core.internal.mirror.TreeVisitor;
import io.portolan.fs.FileInfo;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where a listing goes: each entry is told as it comes, so that the listing's length costs no memory. */
final class ListingSink implements WritableFile {

    private final ListingReader reader;
    private final TreeVisitor visitor;
    private volatile boolean heard;

    ListingSink(ListingReader reader, TreeVisitor visitor) {
        this.reader = reader;
        this.visitor = visitor;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        heard = true;
        reader.add(source);
        tell();
    }

    @Override
    public void commit() throws IOException {
        reader.finish();
        tell();
    }

    /** Whether anything has come: then there is something in the directory, whatever the server says in the end. */
    boolean hasHeard() {
        return heard;
    }

    private void tell() throws IOException {
        for (ListedLine line = reader.next(); line != null; line = reader.next()) {
            ListingLine result = line.result();
            if (result instanceof ListingLine.Entry entry) {
                visitor.entry(entry(entry));
            } else if (result instanceof ListingLine.UnsafeName) {
                visitor.unsafeName(line.text());
            } else if (result instanceof ListingLine.NotUnderstood) {
                visitor.notUnderstood(line.text());
            }
        }
    }

    private static TreeEntry entry(ListingLine.Entry entry) {
        FileInfo info = entry.entry().info();
        return new TreeEntry(
                entry.entry().name(),
                info.type(),
                entry.sized() ? info.size() : -1,
                entry.time() == TimePrecision.UNKNOWN ? null : info.modified(),
                entry.time().width(),
                info.permissionBits().orElse(TreeEntry.UNKNOWN));
    }

    @Override
    public void close() {}
}
