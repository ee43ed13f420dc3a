package io.portolan.examples.standalone.client;

import java.util.Locale;

/** How many octets, for people. */
final class Amount {

    private static final int STEP = 1024;

    private Amount() {}

    /** Three digits or so. */
    static String shown(double octets) {
        if (octets < STEP) {
            return (long) octets + " B";
        }
        double value = octets;
        int unit = -1;
        while (value >= STEP && unit < 4) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %siB" : "%.0f %siB", value, "KMGTP".charAt(unit));
    }
}
