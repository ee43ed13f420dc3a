package io.portolan.core.internal.listing;

import io.portolan.core.internal.codec.ControlCharset;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A listing as it arrives: octets are {@link #add added}, lines are taken with {@link #next} until there is none. It holds one line and the octets that were added
 * last, so that a listing of any length takes the same memory. A line that is too long is cut and told as not understood; nothing makes it throw. Not for several
 * threads at a time.
 */
public final class ListingReader {

    /** Octets of a line without its end: the longest name and link target that Linux has, with the facts before them, are well below. */
    public static final int MAX_LINE = 8192;

    private static final byte[] NOTHING = new byte[0];

    private final ListingParser parser;
    private final ControlCharset charset;
    private byte[] chunk = NOTHING;
    private int at;
    private int end;
    private byte[] partial = new byte[256];
    private int partialLength;
    private boolean cut;
    private boolean finished;
    private @Nullable String firstHalf;
    private @Nullable String again;

    /**
     * Makes a reader for one listing.
     *
     * @param parser for this listing only
     * @param charset how names are written
     */
    public ListingReader(ListingParser parser, ControlCharset charset) {
        this.parser = parser;
        this.charset = charset;
    }

    /**
     * Adds what has arrived; the buffer is read at once, but its array is used until {@link #next} has told that there are no more lines.
     *
     * @throws IllegalStateException if lines of what was added before have not been taken, or the listing has been finished
     */
    public void add(ByteBuffer octets) {
        if (at < end || finished) {
            throw new IllegalStateException(finished ? "the listing has ended" : "lines are left");
        }
        if (octets.hasArray()) {
            chunk = octets.array();
            at = octets.arrayOffset() + octets.position();
            end = at + octets.remaining();
            octets.position(octets.limit());
        } else {
            chunk = new byte[octets.remaining()];
            octets.get(chunk);
            at = 0;
            end = chunk.length;
        }
    }

    /** Tells that no more will come, so that a last line without an end is a line. */
    public void finish() {
        finished = true;
    }

    /** The next line; null if more has to be added, or, when the listing has been finished, if it is over. */
    public @Nullable ListedLine next() {
        while (true) {
            String line = again;
            again = null;
            boolean tooLong = false;
            if (line == null) {
                line = line();
                if (line == null) {
                    return finished ? rest() : null;
                }
                tooLong = cut;
                cut = false;
            }
            ListedLine result = tooLong ? tooLong(line) : result(line);
            if (result != null) {
                return result;
            }
        }
    }

    private @Nullable ListedLine rest() {
        String half = firstHalf;
        firstHalf = null;
        return half == null ? null : new ListedLine(half, ListingLine.NOT_UNDERSTOOD);
    }

    private ListedLine tooLong(String line) {
        ListedLine half = rest();
        if (half == null) {
            return new ListedLine(line, ListingLine.NOT_UNDERSTOOD);
        }
        // Cut to the limit, it goes through the parser, which may take its beginning for a line: so the half is told
        // with it.
        return new ListedLine(half.text() + " " + line, ListingLine.NOT_UNDERSTOOD);
    }

    private @Nullable ListedLine result(String line) {
        String half = firstHalf;
        if (half == null) {
            ListingLine result = parser.parse(line);
            if (result instanceof ListingLine.Continued) {
                firstHalf = line;
                return null;
            }
            return new ListedLine(line, result);
        }
        firstHalf = null;
        String whole = half + " " + line;
        ListingLine result = parser.parse(whole);
        if (result instanceof ListingLine.Entry || result instanceof ListingLine.UnsafeName) {
            return new ListedLine(whole, result);
        }
        again = line;
        return new ListedLine(half, ListingLine.NOT_UNDERSTOOD);
    }

    /** The next line without its end; null if there is no whole one. */
    private @Nullable String line() {
        int start = at;
        while (at < end) {
            if (chunk[at++] == '\n') {
                return line(start, at - 1);
            }
        }
        keep(start, end);
        chunk = NOTHING;
        at = 0;
        end = 0;
        if (finished && partialLength > 0) {
            return line(0, 0);
        }
        return null;
    }

    private String line(int from, int to) {
        byte[] octets = chunk;
        int offset = from;
        int length = to - from;
        if (partialLength > 0 || length > MAX_LINE) {
            keep(from, to);
            octets = partial;
            offset = 0;
            length = partialLength;
            partialLength = 0;
        }
        // Some servers convert line ends twice, so there may be several of them.
        while (length > 0 && octets[offset + length - 1] == '\r') {
            length--;
        }
        return charset.decode(octets, offset, length);
    }

    private void keep(int from, int to) {
        int length = Math.min(to - from, MAX_LINE - partialLength);
        cut |= length < to - from;
        if (partialLength + length > partial.length) {
            partial = Arrays.copyOf(partial, Math.min(MAX_LINE, Math.max(2 * partial.length, partialLength + length)));
        }
        System.arraycopy(chunk, from, partial, partialLength, length);
        partialLength += length;
    }
}
