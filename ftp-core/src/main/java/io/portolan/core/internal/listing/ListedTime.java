package io.portolan.core.internal.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the date and time of {@code ls -l} in the forms that the languages and options of {@code ls} give it: {@code Nov 22 12:30}, {@code Nov 22  2024},
 * {@code 22. Nov 12:30}, {@code 11月 22日 12:30}, {@code 2024-11-22 12:30}, {@code 11-22 12:30}, and with seconds, fractions and offset. Holds what it has read.
 */
final class ListedTime {

    private static final int MAX_FRACTION = 9;

    private final ListingTimes times;
    private @Nullable Instant instant;
    private TimePrecision precision = TimePrecision.UNKNOWN;

    ListedTime(ListingTimes times) {
        this.times = times;
    }

    /** What was read last; null for a day that the calendar lacks, such as 31 February. */
    @Nullable
    Instant instant() {
        return instant;
    }

    TimePrecision precision() {
        return instant == null ? TimePrecision.UNKNOWN : precision;
    }

    /**
     * Reads a date.
     *
     * @param first its first word
     * @param scanner behind the first word; if the result is true behind the last, else anywhere
     * @return whether it was one
     */
    boolean read(String first, LineScanner scanner) {
        if (first.isEmpty()) {
            return false;
        }
        char c = first.charAt(0);
        if (c < '0' || c > '9') {
            int month = MonthNames.of(first);
            return month > 0 && timeOrYear(month, day(scanner.word()), scanner);
        }
        int at = scanner.position();
        if (first.indexOf('-') > 0) {
            return iso(first, scanner);
        }
        if (numbered(first, scanner)) {
            return true;
        }
        scanner.position(at);
        int day = day(first);
        int month = day > 0 ? MonthNames.of(scanner.word()) : 0;
        return month > 0 && timeOrYear(month, day, scanner);
    }

    /** {@code 22} or {@code 22.}, else -1. */
    private static int day(String word) {
        int day = LineScanner.number(
                word.endsWith(".") || word.endsWith(",") ? word.substring(0, word.length() - 1) : word, 2);
        return day < 1 || day > 31 ? -1 : day;
    }

    private boolean timeOrYear(int month, int day, LineScanner scanner) {
        if (day < 0) {
            return false;
        }
        String word = scanner.word();
        LocalTime time = ListingTimes.time(word);
        if (time == null) {
            return year(word) >= 0 && set(year(word), month, day);
        }
        int behind = scanner.position();
        // With seconds, a year may follow: ls -lT of BSD.
        boolean seconds = word.indexOf(':') != word.lastIndexOf(':');
        int year = seconds ? year(scanner.word()) : -1;
        if (year >= 0) {
            return set(year, month, day, time, TimePrecision.SECOND);
        }
        scanner.position(behind);
        instant = times.recent(month, day, time);
        precision = seconds ? TimePrecision.SECOND : TimePrecision.MINUTE;
        return true;
    }

    private static int year(String word) {
        return word.length() == 4 ? LineScanner.number(word, 4) : -1;
    }

    private boolean set(int year, int month, int day) {
        return set(year, month, day, LocalTime.MIDNIGHT, TimePrecision.DAY);
    }

    private boolean set(int year, int month, int day, LocalTime time, TimePrecision precision) {
        instant = times.at(year, month, day, time);
        this.precision = precision;
        return true;
    }

    private boolean iso(String first, LineScanner scanner) {
        String[] parts = first.split("-", 4);
        boolean year = parts.length == 3 && parts[0].length() == 4;
        if (!year && parts.length != 2) {
            return false;
        }
        int month = LineScanner.number(parts[parts.length - 2], 2);
        int day = LineScanner.number(parts[parts.length - 1], 2);
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        int behind = scanner.position();
        String word = scanner.word();
        int point = word.indexOf('.');
        LocalTime time = ListingTimes.time(point < 0 ? word : word.substring(0, point));
        boolean seconds = word.indexOf(':') != word.lastIndexOf(':');
        if (!year) {
            instant = time == null ? null : times.recent(month, day, time);
            precision = TimePrecision.MINUTE;
            return time != null;
        }
        int fullYear = LineScanner.number(parts[0], 4);
        if (fullYear < 0) {
            return false;
        }
        if (time == null) {
            // ls pads the date of old files to the width of the others.
            scanner.position(behind);
            if (scanner.spaces() > 1) {
                scanner.skipSpaces(1);
            }
            return set(fullYear, month, day);
        }
        if (point > 0) {
            time = time.withNano(nanos(word.substring(point + 1)));
        }
        return set(fullYear, month, day, time, seconds ? TimePrecision.SECOND : TimePrecision.MINUTE)
                && offset(fullYear, month, day, time, seconds, scanner);
    }

    private boolean offset(int year, int month, int day, LocalTime time, boolean seconds, LineScanner scanner) {
        int behind = scanner.position();
        ZoneId offset = seconds ? offset(scanner.word()) : null;
        LocalDate date = offset == null ? null : ListingTimes.date(year, month, day);
        if (offset == null) {
            scanner.position(behind);
        } else if (date != null) {
            instant = ListingTimes.at(date, time, offset);
        }
        return true;
    }

    /** {@code +0130}, as {@code ls --full-time} has it behind the time. */
    private static @Nullable ZoneOffset offset(String word) {
        if (word.length() != 5 || word.charAt(0) != '+' && word.charAt(0) != '-') {
            return null;
        }
        int hours = LineScanner.number(word.substring(1, 3), 2);
        int minutes = LineScanner.number(word.substring(3), 2);
        if (hours < 0 || hours > 17 || minutes < 0 || minutes > 59) {
            return null;
        }
        int sign = word.charAt(0) == '-' ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
    }

    private static int nanos(String digits) {
        int value = LineScanner.number(digits, MAX_FRACTION);
        for (int i = digits.length(); value > 0 && i < MAX_FRACTION; i++) {
            value *= 10;
        }
        return Math.max(0, value);
    }

    /** {@code 11月 22日 12:30}, {@code 2024年11月22日}, {@code 11월 22 2024}: numbers with the words for year, month and day behind them. */
    private boolean numbered(String first, LineScanner scanner) {
        int year = -1;
        int month = -1;
        int day = -1;
        String word = first;
        int behind = scanner.position();
        for (int words = 0; words < 3; words++) {
            int at = 0;
            while (at < word.length()) {
                int start = at;
                while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
                    at++;
                }
                int number = LineScanner.number(word.substring(start, at), 4);
                switch (number < 0 || at == word.length() ? ' ' : word.charAt(at)) {
                    case '年', '년' -> year = number;
                    case '月', '월' -> month = number;
                    case '日', '일' -> day = number;
                    default -> {
                        return month > 0 && start == 0 && numbered(year, month, day, scanner, behind);
                    }
                }
                at++;
            }
            behind = scanner.position();
            word = scanner.word();
        }
        return month > 0 && numbered(year, month, day, scanner, behind);
    }

    private boolean numbered(int year, int month, int day, LineScanner scanner, int at) {
        scanner.position(at);
        int theDay = day < 0 ? day(scanner.word()) : day;
        if (month > 12 || theDay < 1 || theDay > 31) {
            return false;
        }
        int behind = scanner.position();
        LocalTime time = ListingTimes.time(scanner.word());
        if (year < 0) {
            scanner.position(behind);
            return lastYear(month, theDay, scanner);
        }
        if (time == null) {
            scanner.position(behind);
            return set(year, month, theDay);
        }
        return set(year, month, theDay, time, TimePrecision.MINUTE);
    }

    /** Behind month and day: a time, or a year with or without its word. */
    private boolean lastYear(int month, int day, LineScanner scanner) {
        int at = scanner.position();
        String word = scanner.word();
        if (word.endsWith("年") || word.endsWith("년")) {
            int year = year(word.substring(0, word.length() - 1));
            return year >= 0 && set(year, month, day);
        }
        scanner.position(at);
        return timeOrYear(month, day, scanner);
    }
}
