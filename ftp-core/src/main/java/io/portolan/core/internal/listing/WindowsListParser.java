package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * LIST as IIS writes it, after DIR: {@code 03-01-26  12:00PM       <DIR>          name}. The month comes first, with two or four digits of the year, with AM and
 * PM or 24 hours; dates with the year first, or with dots and the day first, are read as well.
 */
public final class WindowsListParser implements ListingParser {

    /** Between {@code <DIR>} and the name; a name may begin with spaces itself. */
    private static final int SPACES_AFTER_DIR = 10;

    private final ListingTimes times;
    private @Nullable Instant modified;

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
        char first = line.charAt(line.length() > 1 && line.charAt(0) == ' ' ? 1 : 0);
        LineScanner scanner = new LineScanner(line);
        if (first < '0' || first > '9' || !date(scanner.word(), scanner.word(), scanner)) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        String word = scanner.word();
        if (word.length() > 2 && word.startsWith("<") && word.endsWith(">")) {
            scanner.skipSpaces(SPACES_AFTER_DIR);
            return word.equals("<DIR>") ? directory(scanner.rest()) : link(scanner.rest());
        }
        boolean digits = LineScanner.isDigits(word.replace(",", "")) && !word.startsWith(",");
        if (!digits) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        scanner.skipSpaces(1);
        long size = LineScanner.number(word.replace(",", ""));
        FileInfo.Builder info = builder(FileType.FILE);
        if (size >= 0) {
            info.size(size);
        }
        return ListingParser.dosEntry(scanner.rest(), info.build(), size >= 0, precision());
    }

    private ListingLine directory(String name) {
        return ListingParser.dosEntry(name, builder(FileType.DIRECTORY).build(), false, precision());
    }

    /** {@code <SYMLINK>}, {@code <SYMLINKD>} and {@code <JUNCTION>}: the target stands in brackets behind the name. */
    private ListingLine link(String rest) {
        FileInfo.Builder info = builder(FileType.SYMBOLIC_LINK);
        String name = rest;
        int bracket = rest.endsWith("]") ? rest.indexOf(" [") : -1;
        if (bracket >= 0) {
            info.linkTarget(rest.substring(bracket + 2, rest.length() - 1));
            name = rest.substring(0, bracket);
        }
        return ListingParser.dosEntry(name, info.build(), false, precision());
    }

    private FileInfo.Builder builder(FileType type) {
        FileInfo.Builder info = FileInfo.builder(type);
        return modified == null ? info : info.modified(modified);
    }

    private TimePrecision precision() {
        return modified == null ? TimePrecision.UNKNOWN : TimePrecision.MINUTE;
    }

    /** Whether they are a date and a time; a day that no calendar has leaves the entry without a time. */
    private boolean date(String date, String time, LineScanner scanner) {
        modified = null;
        boolean dotted = date.indexOf('.') > 0;
        String[] parts = date.split("[-/.]", 4);
        if (parts.length != 3) {
            return false;
        }
        LocalTime clock = ListingTimes.time(time);
        int behind = scanner.position();
        if (clock != null && ListingTimes.isHalfDay(scanner.word())) {
            scanner.position(behind);
            clock = ListingTimes.time(time + scanner.word());
        } else {
            scanner.position(behind);
        }
        boolean yearFirst = parts[0].length() == 4;
        int year = LineScanner.number(parts[yearFirst ? 0 : 2], 4);
        // With dots the day comes first, as in the countries that write them.
        int month = LineScanner.number(parts[yearFirst || dotted ? 1 : 0], 2);
        int day = LineScanner.number(parts[yearFirst ? 2 : dotted ? 0 : 1], 2);
        if (clock == null || year < 0 || month < 0 || day < 0) {
            return false;
        }
        if (!yearFirst && parts[2].length() == 2) {
            year = ListingTimes.century(year);
        }
        modified = times.at(year, month, day, clock);
        return true;
    }
}
