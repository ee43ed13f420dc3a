package io.portolan.ports;

/**
 * Some ports in a row.
 *
 * @param from the first, 0–65535; 0 stands for any free port, and then is the only one
 * @param to the last, included
 */
public record PortRange(int from, int to) {

    /** The highest port. */
    public static final int MAX_PORT = 65535;

    /** Checks the components. */
    public PortRange {
        if (from < 0 || to > MAX_PORT || from > to || (from == 0 && to != 0)) {
            throw new IllegalArgumentException("not a range of ports: " + from + "–" + to);
        }
    }

    /**
     * A single port.
     *
     * @param port the port, 1–65535, or 0 for any free one
     * @return the range with this port only
     */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /**
     * Whether the system chooses.
     *
     * @return whether this stands for any free port
     */
    public boolean isAny() {
        return from == 0;
    }

    /**
     * How many ports these are.
     *
     * @return the number, 1 or more
     */
    public int size() {
        return to - from + 1;
    }

    /**
     * Whether a port is in both.
     *
     * @param other the other range
     * @return whether they have a port in common; false if either stands for any free port
     */
    public boolean overlaps(PortRange other) {
        return !isAny() && !other.isAny() && from <= other.to && other.from <= to;
    }

    /** {@code 21}, {@code 60000-65535} or {@code any}. */
    @Override
    public String toString() {
        if (isAny()) {
            return "any";
        }
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
