package io.portolan.core.internal.listing;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Seconds of the epoch to the fields of UTC's calendar, remembering the last day: files of one directory often come from few days, and the calendar is what is
 * dear. Not for several threads at a time.
 */
final class CivilTime {

    private static final int SECONDS_PER_DAY = 86_400;
    /** 0000-01-01 and the end of 9999-12-31: the years that have four digits. Times outside are shown as these. */
    private static final long FIRST = -62_167_219_200L;

    private static final long LAST = 253_402_300_799L;

    private long epochDay = Long.MIN_VALUE;
    private int secondOfDay;
    private int year;
    private int month;
    private int day;

    /** Sets the time; returns the seconds since the epoch that are shown for it. */
    long set(Instant time) {
        long seconds = Math.max(FIRST, Math.min(LAST, time.getEpochSecond()));
        long newDay = Math.floorDiv(seconds, SECONDS_PER_DAY);
        secondOfDay = (int) (seconds - newDay * SECONDS_PER_DAY);
        if (newDay != epochDay) {
            epochDay = newDay;
            LocalDate date = LocalDate.ofEpochDay(newDay);
            year = date.getYear();
            month = date.getMonthValue();
            day = date.getDayOfMonth();
        }
        return seconds;
    }

    int year() {
        return year;
    }

    /** 1 to 12. */
    int month() {
        return month;
    }

    int day() {
        return day;
    }

    int hour() {
        return secondOfDay / 3600;
    }

    int minute() {
        return secondOfDay / 60 % 60;
    }

    int second() {
        return secondOfDay % 60;
    }
}
