package io.portolan.ftp.client.internal.mirror;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.ServerFeatures;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How a server is asked for a checksum: by HASH (draft-bryan-ftpext-hash), or the older commands of one algorithm each. */
final class RemoteDigest {

    private RemoteDigest() {}

    /** Whether HASH can be set to the algorithm. */
    static boolean hasHash(ServerFeatures features, String algorithm) {
        for (String offered : features.parameters("HASH").orElse("").split(";", -1)) {
            String name = offered.endsWith("*") ? offered.substring(0, offered.length() - 1) : offered;
            if (name.strip().equalsIgnoreCase(algorithm)) {
                return true;
            }
        }
        return false;
    }

    /** The command for this algorithm alone; empty if the server has none. */
    static Optional<String> command(ServerFeatures features, String algorithm) {
        String verb = "X" + algorithm.replace("-", "").toUpperCase(Locale.ROOT);
        if (features.has(verb)) {
            return Optional.of(verb);
        }
        // XSHA is what SHA-1 is called by servers that know no other.
        return algorithm.equals("SHA-1") && features.has("XSHA") ? Optional.of("XSHA") : Optional.empty();
    }

    /** The first word of a reply that is a checksum of so many octets. */
    static Optional<byte[]> parse(FtpReply reply, int octets) {
        if (!reply.isPositive()) {
            return Optional.empty();
        }
        for (String word : reply.lines().get(0).split(" ", 64)) {
            if (word.length() == 2 * octets && word.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
                return Optional.of(HexFormat.of().parseHex(word));
            }
        }
        return Optional.empty();
    }
}
