package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** LIST of HPE NonStop's Guardian: {@code IARPTS        101            16354 18-Mar-09 15:09:12 244, 10 "nnnn"}. A subvolume has files only. */
public final class NonStopListParser implements ListingParser {

    /** Stands before the code of a file that somebody has open. */
    private static final String OPEN = "O";
    /** Characters of a Guardian file's name. */
    private static final int MAX_NAME = 8;

    private final ListingTimes times;

    /**
     * Makes a parser.
     *
     * @param zone the zone of the server's times
     */
    public NonStopListParser(ZoneId zone) {
        times = new ListingTimes(Instant.EPOCH, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty() || isHeading(line)) {
            return ListingLine.SKIPPED;
        }
        LineScanner scanner = new LineScanner(line);
        String name = scanner.word();
        if (!isName(name)) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        String word = scanner.word();
        if (word.equals(OPEN)) {
            word = scanner.word();
        }
        String end = scanner.word();
        if (!isCode(word) || !LineScanner.isDigits(end)) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        LocalDate date = ListingTimes.dayMonthYear(scanner.word());
        LocalTime time = ListingTimes.time(scanner.word());
        if (date == null || time == null) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        FileInfo.Builder info = FileInfo.builder(FileType.FILE).modified(times.at(date, time));
        long size = LineScanner.number(end);
        if (size >= 0) {
            info.size(size);
        }
        String owner = scanner.word();
        if (owner.endsWith(",")) {
            owner += scanner.word();
        }
        int comma = owner.indexOf(',');
        if (comma > 0 && LineScanner.isDigits(owner.substring(0, comma))) {
            info.group(owner.substring(0, comma)).owner(owner.substring(comma + 1));
        }
        return ListingParser.dosEntry(name, info.build(), size >= 0, TimePrecision.SECOND);
    }

    private static boolean isHeading(String line) {
        return line.startsWith("File ") && line.contains(" EOF ") && line.contains(" Last Mod");
    }

    /** A file code; a letter behind it marks native objects and large files. */
    private static boolean isCode(String word) {
        int last = word.length() - 1;
        return LineScanner.isDigits(word) || last > 0 && LineScanner.isDigits(word.substring(0, last));
    }

    /** A letter, then letters and digits. */
    private static boolean isName(String word) {
        if (word.isEmpty() || word.length() > MAX_NAME) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
