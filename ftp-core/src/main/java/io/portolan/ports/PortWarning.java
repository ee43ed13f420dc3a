package io.portolan.ports;

import java.util.Objects;

/**
 * Something about the ports that works in a test and fails in practice.
 *
 * @param kind what it is
 * @param text what it is and what helps, for people
 */
public record PortWarning(Kind kind, String text) {

    /** What there is to warn of; more may come. */
    public enum Kind {
        /** Two purposes want the same port. */
        PORT_TWICE,
        /** A range holds a port that something of the same plan listens on. */
        RANGE_HOLDS_LISTENER,
        /** A range lies in what the system takes local ports of outgoing connections from. */
        RANGE_IS_EPHEMERAL,
        /** A port needs a right that the process does not have. */
        NEEDS_PRIVILEGE,
        /** There can be more sessions than the range can serve. */
        RANGE_TOO_SMALL,
        /** Clients elsewhere are told an address that only exists inside. */
        PRIVATE_ADDRESS_ANNOUNCED,
        /** Clients elsewhere are told an address that means their own machine. */
        LOOPBACK_ANNOUNCED,
        /** Clients are told an address that is none. */
        WILDCARD_ANNOUNCED
    }

    /** Checks the components. */
    public PortWarning {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return text;
    }
}
