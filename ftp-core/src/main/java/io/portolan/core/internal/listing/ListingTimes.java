package io.portolan.core.internal.listing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times as listings write them, in the zone that the server is believed to be in. */
final class ListingTimes {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    /** The longest stretch without a 29 February. */
    private static final int YEARS_BETWEEN_LEAP_DAYS = 8;

    private static final int CENTURY_PIVOT = 70;

    private final ZoneId zone;
    private final Instant latest;
    private final int latestYear;

    ListingTimes(Instant now, ZoneId zone) {
        this.zone = zone;
        latest = now.plusSeconds(86_400);
        latestYear = LocalDate.ofInstant(latest, zone).getYear();
    }

    /** 1 to 12 for an English month of three letters, else 0. */
    static int month(String word) {
        if (word.length() != 3) {
            return 0;
        }
        int index = MONTHS.indexOf(word.toLowerCase(Locale.ROOT));
        return index < 0 || index % 3 != 0 ? 0 : index / 3 + 1;
    }

    /** Whether it is {@code AM} or {@code PM}. */
    static boolean isHalfDay(String word) {
        return word.equalsIgnoreCase("AM") || word.equalsIgnoreCase("PM");
    }

    /** {@code h:mm}, {@code hh:mm} or {@code hh:mm:ss}, also with AM or PM behind; null if it is none. */
    static @Nullable LocalTime time(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        boolean pm = upper.endsWith("PM");
        boolean half = pm || upper.endsWith("AM");
        String[] parts = (half ? upper.substring(0, upper.length() - 2) : upper).split(":", 4);
        if (parts.length != 2 && parts.length != 3) {
            return null;
        }
        int hour = LineScanner.number(parts[0], 2);
        int minute = LineScanner.number(parts[1], 2);
        int second = parts.length == 3 ? LineScanner.number(parts[2], 2) : 0;
        if (half) {
            if (hour < 1 || hour > 12) {
                return null;
            }
            hour = hour % 12 + (pm ? 12 : 0);
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        return LocalTime.of(hour, minute, second);
    }

    /** The year that two digits mean: 70 to 99 are of the last century, as servers themselves reckon. */
    static int century(int twoDigits) {
        return twoDigits + (twoDigits < CENTURY_PIVOT ? 2000 : 1900);
    }

    /** {@code dd-MMM-yyyy} or {@code dd-MMM-yy}, with the month in English; null if it is none, or there is no such day. */
    static @Nullable LocalDate dayMonthYear(String word) {
        String[] parts = word.split("-", 4);
        if (parts.length != 3 || parts[2].length() != 2 && parts[2].length() != 4) {
            return null;
        }
        int year = LineScanner.number(parts[2], 4);
        int month = month(parts[1]);
        int day = LineScanner.number(parts[0], 2);
        return month == 0 || day < 0 || year < 0
                ? null
                : date(parts[2].length() == 2 ? century(year) : year, month, day);
    }

    /** The day; null if the calendar has none such. */
    static @Nullable LocalDate date(int year, int month, int day) {
        return year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)
                ? null
                : LocalDate.of(year, month, day);
    }

    private static int daysIn(int year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> Year.isLeap(year) ? 29 : 28;
            default -> 31;
        };
    }

    @Nullable
    Instant at(int year, int month, int day, LocalTime time) {
        LocalDate date = date(year, month, day);
        return date == null ? null : at(date, time);
    }

    Instant at(LocalDate date, LocalTime time) {
        return at(date, time, zone);
    }

    /** A time that the zone's clocks leave out in spring counts as the same time after the change; one that they show twice in autumn, as the first. */
    static Instant at(LocalDate date, LocalTime time, ZoneId zone) {
        return LocalDateTime.of(date, time).atZone(zone).toInstant();
    }

    /**
     * A day without a year is the last one that there was, since servers leave the year out for the last half year only: in January, December is the last year's.
     * Tomorrow counts as today, since zones and clocks differ.
     *
     * @return null if no year has such a day
     */
    @Nullable
    Instant recent(int month, int day, LocalTime time) {
        for (int i = 0; i <= YEARS_BETWEEN_LEAP_DAYS + 1; i++) {
            Instant candidate = at(latestYear - i, month, day, time);
            if (candidate != null && !candidate.isAfter(latest)) {
                return candidate;
            }
        }
        return null;
    }
}
