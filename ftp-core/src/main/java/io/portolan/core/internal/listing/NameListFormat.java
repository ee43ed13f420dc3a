package io.portolan.core.internal.listing;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.fs.DirectoryEntry;

/** NLST: the bare names, which programs may read (RFC 1123, section 4.1.2.7). */
public final class NameListFormat implements ListingFormat {

    private final String prefix;
    private final ControlCharset charset;

    /**
     * Makes a format.
     *
     * @param prefix what stands before each name: empty, or the directory as the peer wrote it with a {@code /} behind
     * @param charset how names are written
     */
    public NameListFormat(String prefix, ControlCharset charset) {
        this.prefix = prefix;
        this.charset = charset;
    }

    @Override
    public boolean write(DirectoryEntry entry, OctetWriter out) {
        int start = out.length();
        if (!out.name(prefix, charset) || !out.name(entry.name(), charset)) {
            out.truncate(start);
            return false;
        }
        out.lineEnd();
        return true;
    }
}
