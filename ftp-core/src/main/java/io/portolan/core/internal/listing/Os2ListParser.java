package io.portolan.core.internal.listing;

import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** LIST of OS/2: {@code 73098      A     04-06-97   15:15  name}, with {@code DIR} among the attributes of directories. */
public final class Os2ListParser implements ListingParser {

    /** Attributes before the date: archived, hidden, read-only, system, directory. */
    private static final int MAX_ATTRIBUTES = 5;

    private final ListingTimes times;

    /**
     * Makes a parser.
     *
     * @param zone the zone of the server's times
     */
    public Os2ListParser(ZoneId zone) {
        times = new ListingTimes(Instant.EPOCH, zone);
    }

    @Override
    public ListingLine parse(String line) {
        if (line.isEmpty()) {
            return ListingLine.SKIPPED;
        }
        LineScanner scanner = new LineScanner(line);
        String digits = scanner.word();
        if (!LineScanner.isDigits(digits)) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        boolean directory = false;
        String word = scanner.word();
        for (int i = 0; i < MAX_ATTRIBUTES && isAttribute(word); i++) {
            directory |= word.equals("DIR");
            word = scanner.word();
        }
        String[] parts = word.split("-", 4);
        LocalTime time = ListingTimes.time(scanner.word());
        if (parts.length != 3 || time == null || parts[2].length() != 2 && parts[2].length() != 4) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        int year = LineScanner.number(parts[2], 4);
        int month = LineScanner.number(parts[0], 2);
        int day = LineScanner.number(parts[1], 2);
        if (year < 0 || month < 0 || day < 0) {
            return ListingLine.NOT_UNDERSTOOD;
        }
        LocalDate date = ListingTimes.date(parts[2].length() == 2 ? ListingTimes.century(year) : year, month, day);
        FileInfo.Builder info = FileInfo.builder(directory ? FileType.DIRECTORY : FileType.FILE);
        if (date != null) {
            info.modified(times.at(date, time));
        }
        long size = LineScanner.number(digits);
        if (size >= 0) {
            info.size(size);
        }
        scanner.skipSpaces();
        return ListingParser.dosEntry(
                scanner.rest(),
                info.build(),
                !directory && size >= 0,
                date == null ? TimePrecision.UNKNOWN : TimePrecision.MINUTE);
    }

    private static boolean isAttribute(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) < 'A' || word.charAt(i) > 'Z') {
                return false;
            }
        }
        return !word.isEmpty();
    }
}
