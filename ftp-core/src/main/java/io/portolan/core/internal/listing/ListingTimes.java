package io.portolan.core.internal.listing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates and times as listings write them, in the zone that the server is believed to be in. */
final class ListingTimes {

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    /** The longest stretch without a 29 February. */
    private static final int YEARS_BETWEEN_LEAP_DAYS = 8;

    private final Instant now;
    private final ZoneId zone;

    ListingTimes(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** 1 to 12 for an English month of three letters, else 0. */
    static int month(String word) {
        if (word.length() != 3) {
            return 0;
        }
        int index = MONTHS.indexOf(word.toLowerCase(Locale.ROOT));
        return index < 0 || index % 3 != 0 ? 0 : index / 3 + 1;
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

    @Nullable
    Instant at(int year, int month, int day, LocalTime time) {
        try {
            return LocalDateTime.of(LocalDate.of(year, month, day), time)
                    .atZone(zone)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A day without a year is the last one that there was; tomorrow counts as today, since zones and clocks differ. */
    @Nullable
    Instant recent(int month, int day, LocalTime time) {
        int year = LocalDate.ofInstant(now, zone).getYear() + 1;
        Instant latest = now.plusSeconds(86_400);
        for (int i = 0; i <= YEARS_BETWEEN_LEAP_DAYS + 1; i++) {
            Instant candidate = at(year - i, month, day, time);
            if (candidate != null && !candidate.isAfter(latest)) {
                return candidate;
            }
        }
        return null;
    }
}
