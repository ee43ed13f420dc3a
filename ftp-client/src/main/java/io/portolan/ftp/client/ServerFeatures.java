package io.portolan.ftp.client;

import io.portolan.ftp.FtpReply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a server has told that it can do beyond RFC 959 (FEAT, RFC 2389). Immutable. */
public final class ServerFeatures {

    private static final ServerFeatures NONE = new ServerFeatures(Map.of(), List.of());

    private final Map<String, String> parameters;
    private final List<String> lines;

    private ServerFeatures(Map<String, String> parameters, List<String> lines) {
        this.parameters = parameters;
        this.lines = lines;
    }

    /**
     * What a reply to FEAT tells.
     *
     * @param reply the reply
     * @return the features; none if it is no positive reply
     */
    public static ServerFeatures of(FtpReply reply) {
        if (!reply.isPositive() || reply.lines().size() < 3) {
            return NONE;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : reply.lines().subList(1, reply.lines().size() - 1)) {
            String feature = line.strip();
            if (!feature.isEmpty()) {
                int space = feature.indexOf(' ');
                String name = space < 0 ? feature : feature.substring(0, space);
                String rest = space < 0 ? "" : feature.substring(space + 1);
                lines.add(feature);
                parameters.merge(name.toUpperCase(Locale.ROOT), rest, (first, second) -> first + ";" + second);
            }
        }
        return new ServerFeatures(parameters, List.copyOf(lines));
    }

    /**
     * A server that has told nothing.
     *
     * @return no features
     */
    public static ServerFeatures none() {
        return NONE;
    }

    /**
     * Whether the server has a feature.
     *
     * @param name its name, such as {@code MLST}; case does not matter
     * @return whether it was told
     */
    public boolean has(String name) {
        return parameters.containsKey(name.toUpperCase(Locale.ROOT));
    }

    /**
     * What the server has told of a feature beside its name.
     *
     * @param name its name
     * @return the parameters, maybe none; empty if there is no such feature. Those of several lines with one name are separated by semicolons
     */
    public Optional<String> parameters(String name) {
        return Optional.ofNullable(parameters.get(name.toUpperCase(Locale.ROOT)));
    }

    /**
     * All features.
     *
     * @return the lines, as they came, without the space before them
     */
    public List<String> lines() {
        return lines;
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
