package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** LIST as IIS writes it, after DIR: {@code 03-01-26  12:00PM       <DIR>          name}. */
public final class WindowsListParser implements ListingParser {

    /** Between {@code <DIR>} and the name; a name may begin with spaces itself. */
    private static final int SPACES_AFTER_DIR = 10;
    /** Two digits of a year below are of this century: as IIS itself reckons. */
    private static final int CENTURY_PIVOT = 70;

    private final ListingTimes times;

    /**
     * Makes a parser.
     *
     * @param zone the zone of the server's times
     */
    public WindowsListParser(ZoneId zone) {
        times = new ListingTimes(Instant.EPOCH, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty()) {
            return ListingLine.SKIPPED;
        }
        LineScanner scanner = new LineScanner(line);
        Instant modified = date(scanner.word(), scanner.word());
        String word = scanner.word();
        long size = LineScanner.number(word);
        if (modified == null || size < 0 && !(word.startsWith("<") && word.endsWith(">"))) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        if (size >= 0) {
            scanner.skipSpaces(1);
            return ListingParser.entry(scanner.rest(), FileInfo.file(size, modified));
        }
        scanner.skipSpaces(SPACES_AFTER_DIR);
        String name = scanner.rest();
        if (word.equals("<DIR>")) {
            return ListingParser.entry(name, FileInfo.directory(modified));
        }
        // <SYMLINK>, <SYMLINKD> and <JUNCTION>: the target stands in brackets behind the name.
        FileInfo.Builder link = FileInfo.builder(FileType.SYMBOLIC_LINK).modified(modified);
        int bracket = name.endsWith("]") ? name.lastIndexOf(" [") : -1;
        if (bracket >= 0) {
            link.linkTarget(name.substring(bracket + 2, name.length() - 1));
            name = name.substring(0, bracket);
        }
        return ListingParser.entry(name, link.build());
    }

    private @Nullable Instant date(String date, String time) {
        LocalTime clock = ListingTimes.time(time);
        String[] parts = date.split("[-/]", 4);
        if (clock == null || parts.length != 3) {
            return null;
        }
        boolean yearFirst = parts[0].length() == 4;
        int year = LineScanner.number(parts[yearFirst ? 0 : 2], 4);
        int month = LineScanner.number(parts[yearFirst ? 1 : 0], 2);
        int day = LineScanner.number(parts[yearFirst ? 2 : 1], 2);
        if (!yearFirst && parts[2].length() == 2) {
            year += year < CENTURY_PIVOT ? 2000 : 1900;
        }
        return year < 0 ? null : times.at(year, month, day, clock);
    }
}
