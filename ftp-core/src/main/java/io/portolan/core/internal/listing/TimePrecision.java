package io.portolan.core.internal.listing;

import java.time.Duration;

/** How much a listing tells of a time. Two times are to be compared by the coarser one's {@link #width()}. */
public enum TimePrecision {
    /** Nothing: there is no time. */
    UNKNOWN(Duration.ofDays(366_000)),
    /** The day, such as {@code Mar  1  2024}. */
    DAY(Duration.ofDays(1)),
    /** The minute, such as {@code Mar  1 12:30}. */
    MINUTE(Duration.ofMinutes(1)),
    /** The second, or more. */
    SECOND(Duration.ofSeconds(1));

    private final Duration width;

    TimePrecision(Duration width) {
        this.width = width;
    }

    /** By how much the true time may be later than the told one; for {@link #UNKNOWN}, more than any two times differ by. */
    public Duration width() {
        return width;
    }
}
