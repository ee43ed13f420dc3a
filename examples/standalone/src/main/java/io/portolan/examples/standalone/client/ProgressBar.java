package io.portolan.examples.standalone.client;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The last line of a terminal, which says how far it has come. Not for several threads at once. */
final class ProgressBar {

    /** To the line's beginning, and erase it (ECMA-48, EL). */
    private static final String CLEAR = "\r\u001b[K";

    private static final int WIDTH = 20;
    private static final int MOST_NAME = 30;
    /** Faster than that nobody reads. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PrintWriter terminal;
    private final LongSupplier nanos;
    private final long begin;
    private long drawn;
    private boolean visible;
    private String name = "";
    private long moved;
    private OptionalLong total = OptionalLong.empty();
    private long all;

    /** @param nanos a clock, as {@link System#nanoTime} */
    ProgressBar(PrintWriter terminal, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.drawn = begin - BETWEEN_NANOS;
    }

    /** Some octets more of a file. */
    void moved(String file, long octets, OptionalLong ofFile, long more) {
        name = file;
        moved = octets;
        total = ofFile;
        all += more;
        long now = nanos.getAsLong();
        if (now - drawn >= BETWEEN_NANOS) {
            drawn = now;
            draw(now);
        }
    }

    /** Makes room for a line, or ends. */
    void clear() {
        if (visible) {
            terminal.print(CLEAR);
            terminal.flush();
            visible = false;
        }
    }

    private void draw(long now) {
        double seconds = Math.max(now - begin, 1) / 1e9;
        double speed = all / seconds;
        StringBuilder line = new StringBuilder(CLEAR).append(shortened(TerminalText.harmless(name)));
        if (total.isPresent() && total.getAsLong() > 0) {
            double part = Math.min(1, (double) moved / total.getAsLong());
            int filled = (int) (part * WIDTH);
            line.append(" [")
                    .append("#".repeat(filled))
                    .append(" ".repeat(WIDTH - filled))
                    .append("] ");
            line.append(String.format(Locale.ROOT, "%3.0f%%", part * 100));
        }
        line.append("  ").append(Amount.shown((double) moved));
        line.append("  ").append(Amount.shown(speed)).append("/s");
        if (total.isPresent() && speed >= 1) {
            line.append("  ").append(left((total.getAsLong() - moved) / speed));
        }
        terminal.print(line);
        terminal.flush();
        visible = true;
    }

    private static String left(double seconds) {
        long whole = Math.max(0, Math.round(seconds));
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** The end of a path says more than its beginning. */
    private static String shortened(String text) {
        return text.length() <= MOST_NAME ? text : "..." + text.substring(text.length() - MOST_NAME + 3);
    }
}
