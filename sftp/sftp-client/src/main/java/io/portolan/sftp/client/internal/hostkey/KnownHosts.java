package io.portolan.sftp.client.internal.hostkey;

import io.portolan.sftp.client.internal.hostkey.KnownHostsLine.MalformedLine;
import io.portolan.sftp.client.internal.hostkey.KnownHostsLine.Marker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What files of known hosts say. A line that makes no sense is told of in the log and is as if it were not there: it lets nobody in. Immutable. */
public final class KnownHosts {

    /** A hundred thousand hosts; what is larger is no such file, or not meant to be read at each connection. */
    public static final int MAX_FILE_OCTETS = 32 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(KnownHosts.class);

    private final List<Placed> lines;

    /** A line, and where it stands. */
    private record Placed(KnownHostsLine line, String place, boolean common) {}

    private KnownHosts(List<Placed> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * Reads files. Blocks.
     *
     * @param files of which some may not be there
     * @throws IOException if one is there and cannot be read, as it may have revoked what is to be trusted
     */
    public static KnownHosts read(List<Path> files) throws IOException {
        return read(files, false);
    }

    /** As {@link #read}, of files that are common to all users. */
    static KnownHosts readCommon(List<Path> files) throws IOException {
        return read(files, true);
    }

    private static KnownHosts read(List<Path> files, boolean common) throws IOException {
        List<Placed> lines = new ArrayList<>();
        for (Path file : files) {
            lines.addAll(parse(octets(file), file.toString(), common));
        }
        return new KnownHosts(lines);
    }

    /** Reads text. */
    public static KnownHosts of(String text) {
        return new KnownHosts(parse(text, "the known hosts that were configured", false));
    }

    /** Both together. */
    public KnownHosts and(KnownHosts more) {
        List<Placed> all = new ArrayList<>(lines);
        all.addAll(more.lines);
        return new KnownHosts(all);
    }

    private static String octets(Path file) throws IOException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                // a FIFO would never end; /dev/null is how people say "none"
                return "";
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] octets = in.readNBytes(MAX_FILE_OCTETS + 1);
                if (octets.length > MAX_FILE_OCTETS) {
                    throw new IOException(file + ": has more than " + MAX_FILE_OCTETS + " octets");
                }
                return new String(octets, StandardCharsets.UTF_8);
            }
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static List<Placed> parse(String text, String where, boolean common) {
        List<Placed> lines = new ArrayList<>();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            try {
                String place = where + ", line " + number;
                KnownHostsLine.parse(line).ifPresent(read -> lines.add(new Placed(read, place, common)));
            } catch (MalformedLine e) {
                LOG.warn("{}, line {} is not used: {}", where, number, e.getMessage());
            }
        }
        return lines;
    }

    /** What is known of a host. */
    public KnownHost of(HostName host) {
        String known = host.known();
        return new KnownHost(
                host,
                keys(Marker.NONE, known),
                host.hasPort() ? keys(Marker.NONE, host.name()) : List.of(),
                authorities(host),
                revoked(host));
    }

    private List<KnownKey> authorities(HostName host) {
        List<KnownKey> all = new ArrayList<>(keys(Marker.CERT_AUTHORITY, host.known()));
        if (host.hasPort()) {
            // a CA vouches for the host, whatever it listens on
            all.addAll(keys(Marker.CERT_AUTHORITY, host.name()));
        }
        return all;
    }

    private List<KnownKey> revoked(HostName host) {
        List<KnownKey> all = new ArrayList<>(keys(Marker.REVOKED, host.known()));
        if (host.hasPort()) {
            all.addAll(keys(Marker.REVOKED, host.name()));
        }
        return all;
    }

    private List<KnownKey> keys(Marker marker, String host) {
        return lines.stream()
                .filter(placed -> placed.line().marker() == marker
                        && placed.line().hosts().matches(host))
                .map(placed -> new KnownKey(
                        placed.line().key().type(), placed.line().key().blob(), placed.place(), placed.common()))
                .distinct()
                .toList();
    }
}
