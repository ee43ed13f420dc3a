package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.ZoneId;

/** LIST of Novell NetWare, with the trustee's rights in brackets: {@code d [RWCEAFMS] admin      512 Jan 16 18:53    login}. */
public final class NetWareListParser implements ListingParser {

    private final DatedColumns columns;

    /**
     * Makes a parser.
     *
     * @param now the time from which years are counted that a line does not tell
     * @param zone the zone of the server's times
     */
    public NetWareListParser(Instant now, ZoneId zone) {
        columns = new DatedColumns(new ListingTimes(now, zone));
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty() || UnixListParser.isTotal(line)) {
            return ListingLine.SKIPPED;
        }
        char letter = line.charAt(0);
        LineScanner scanner = new LineScanner(line);
        scanner.position(1);
        scanner.skipSpaces();
        if (letter != 'd' && letter != '-' || !areRights(scanner.word()) || !columns.read(scanner)) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        // Names do not begin with spaces there, and servers differ in how many they put before them.
        scanner.skipSpaces();
        boolean file = letter == '-';
        FileInfo.Builder info = FileInfo.builder(file ? FileType.FILE : FileType.DIRECTORY);
        long size = LineScanner.number(columns.size());
        if (size >= 0) {
            info.size(size);
        }
        Instant modified = columns.modified();
        if (modified != null) {
            info.modified(modified);
        }
        if (columns.count() == 1) {
            info.owner(columns.get(0));
        }
        return ListingParser.dosEntry(scanner.rest(), info.build(), file && size >= 0, columns.precision());
    }

    /** Letters, or dashes for the rights that are not had, in brackets. */
    private static boolean areRights(String word) {
        int last = word.length() - 1;
        if (last < 1 || word.charAt(0) != '[' || word.charAt(last) != ']') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = word.charAt(i);
            if (c != '-' && (c < 'A' || c > 'Z')) {
                return false;
            }
        }
        return true;
    }
}
