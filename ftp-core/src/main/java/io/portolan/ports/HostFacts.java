package io.portolan.ports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operating system does with ports.
 *
 * @param ephemeralPorts what it takes the local ports of outgoing connections from, if that is known
 * @param reservedPorts what of that it leaves alone, since it was told so
 * @param firstUnprivilegedPort the first port that a process without special rights may bind
 * @param privileged whether this process may bind those below, too
 */
public record HostFacts(
        Optional<PortRange> ephemeralPorts,
        List<PortRange> reservedPorts,
        int firstUnprivilegedPort,
        boolean privileged) {

    private static final int USUAL_FIRST_UNPRIVILEGED_PORT = 1024;

    /** The bit of CAP_NET_BIND_SERVICE in a set of Linux's capabilities. */
    private static final int CAP_NET_BIND_SERVICE = 10;

    /** More than the longest of these files, a list of reserved ports, has in practice. */
    private static final int MAX_SETTING_BYTES = 64 * 1024;

    private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,5})\\s+([0-9]{1,5})");

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    private static final Pattern EFFECTIVE_CAPABILITIES =
            Pattern.compile("^CapEff:\\s*([0-9a-fA-F]{1,16})$", Pattern.MULTILINE);

    /** Checks the components. */
    public HostFacts {
        Objects.requireNonNull(ephemeralPorts, "ephemeralPorts");
        reservedPorts = List.copyOf(reservedPorts);
    }

    /**
     * What nothing is known of: no ephemeral range, and all ports may be bound.
     *
     * @return facts that give rise to no warning
     */
    public static HostFacts unknown() {
        return new HostFacts(Optional.empty(), List.of(), 0, true);
    }

    /**
     * This machine's, as its {@code /proc} tells on Linux. Elsewhere nothing is known but that Windows and recent macOS let everybody bind low ports.
     *
     * @return the facts
     */
    public static HostFacts ofThisHost() {
        Path proc = Path.of("/proc");
        return Files.isDirectory(proc.resolve("sys/net/ipv4")) ? ofLinux(proc) : unknown();
    }

    static HostFacts ofLinux(Path proc) {
        Path settings = proc.resolve("sys/net/ipv4");
        return new HostFacts(
                read(settings.resolve("ip_local_port_range")).flatMap(HostFacts::range),
                read(settings.resolve("ip_local_reserved_ports"))
                        .map(HostFacts::ranges)
                        .orElse(List.of()),
                read(settings.resolve("ip_unprivileged_port_start"))
                        .flatMap(HostFacts::number)
                        .orElse(USUAL_FIRST_UNPRIVILEGED_PORT),
                read(proc.resolve("self/status")).map(HostFacts::mayBindAll).orElse(false));
    }

    /** With a buffer that holds all: what the kernel makes up as it is read cannot be read in pieces, and {@link Files#readString} begins with one byte where the size is said to be 0. */
    private static Optional<String> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = new byte[MAX_SETTING_BYTES];
            int length = Math.max(0, in.read(content));
            return Optional.of(new String(content, 0, length, StandardCharsets.US_ASCII).strip());
        } catch (IOException | SecurityException e) {
            // Containers hide some of these.
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<PortRange> range(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        return matcher.matches() ? range(matcher.group(1), matcher.group(2)) : Optional.empty();
    }

    private static Optional<PortRange> range(String from, String to) {
        int first = Integer.parseInt(from);
        int last = Integer.parseInt(to);
        return first >= 1 && first <= last && last <= PortRange.MAX_PORT
                ? Optional.of(new PortRange(first, last))
                : Optional.empty();
    }

    private static List<PortRange> ranges(String text) {
        return RANGE.matcher(text)
                .results()
                .flatMap(match ->
                        range(match.group(1), match.group(2) == null ? match.group(1) : match.group(2)).stream())
                .toList();
    }

    private static boolean mayBindAll(String status) {
        Matcher matcher = EFFECTIVE_CAPABILITIES.matcher(status);
        return matcher.find() && (Long.parseUnsignedLong(matcher.group(1), 16) >>> CAP_NET_BIND_SERVICE & 1) == 1;
    }

    /** The first port of a range that an outgoing connection may be given. */
    Optional<PortRange> ephemeralPartOf(PortRange range) {
        return ephemeralPorts
                .filter(range::overlaps)
                .map(ephemeral ->
                        new PortRange(Math.max(range.from(), ephemeral.from()), Math.min(range.to(), ephemeral.to())))
                .filter(shared -> !isReserved(shared));
    }

    private boolean isReserved(PortRange range) {
        int port = range.from();
        boolean found = true;
        while (found && port <= range.to()) {
            found = false;
            for (PortRange reserved : reservedPorts) {
                if (reserved.from() <= port && port <= reserved.to()) {
                    port = reserved.to() + 1;
                    found = true;
                }
            }
        }
        return port > range.to();
    }
}
