package io.portolan.core.internal.codec;

import io.portolan.ftp.FtpSyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The time format of RFC 3659, section 2.3: {@code YYYYMMDDhhmmss[.sss]}, always UTC. */
public final class FtpTime {

    private static final int WHOLE_SECONDS = 14;
    /** Digits of a fraction: an {@link Instant} keeps nanoseconds; what is finer is refused rather than lost. */
    private static final int MAX_FRACTION = 9;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private FtpTime() {}

    /** Writes a time, with milliseconds if there are any; a time that four digits of a year cannot tell becomes the nearest that they can. */
    public static String format(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(
                time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time, ZoneOffset.UTC);
        char[] out = new char[WHOLE_SECONDS + 4];
        digits(utc.getYear(), out, 0, 4);
        digits(utc.getMonthValue(), out, 4, 2);
        digits(utc.getDayOfMonth(), out, 6, 2);
        digits(utc.getHour(), out, 8, 2);
        digits(utc.getMinute(), out, 10, 2);
        digits(utc.getSecond(), out, 12, 2);
        int millis = utc.getNano() / 1_000_000;
        if (millis == 0) {
            return new String(out, 0, WHOLE_SECONDS);
        }
        out[WHOLE_SECONDS] = '.';
        digits(millis, out, WHOLE_SECONDS + 1, 3);
        return new String(out);
    }

    /**
     * Reads a time.
     *
     * @throws FtpSyntaxException if it has another form, or there is no such date or time of day; a leap second is taken as the next second
     */
    public static Instant parse(String text) {
        boolean fraction = text.length() > WHOLE_SECONDS;
        if (text.length() < WHOLE_SECONDS || fraction && text.charAt(WHOLE_SECONDS) != '.') {
            throw notATime();
        }
        int nanos = fraction ? nanos(text) : 0;
        int second = number(text, 12, 14);
        try {
            LocalDateTime utc = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 4, 6),
                    number(text, 6, 8),
                    number(text, 8, 10),
                    number(text, 10, 12),
                    second == 60 ? 59 : second,
                    nanos);
            return utc.toInstant(ZoneOffset.UTC).plusSeconds(second == 60 ? 1 : 0);
        } catch (DateTimeException e) {
            throw notATime();
        }
    }

    private static int nanos(String text) {
        int from = WHOLE_SECONDS + 1;
        int digits = text.length() - from;
        if (digits < 1 || digits > MAX_FRACTION) {
            throw notATime();
        }
        int nanos = number(text, from, text.length());
        for (int i = digits; i < MAX_FRACTION; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw notATime();
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static void digits(int value, char[] out, int at, int count) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            out[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static FtpSyntaxException notATime() {
        return new FtpSyntaxException("not YYYYMMDDhhmmss[.sss]");
    }
}
