package io.portolan.sftp.client.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files of settings with what they include. Blocks. */
public final class ConfigReader {

    /** Of one file: thousands of hosts. */
    static final int MAX_FILE_OCTETS = 1024 * 1024;

    /** Files in all. */
    static final int MAX_FILES = 256;

    /** OpenSSH's limit of files that include files. */
    static final int MAX_DEPTH = 16;

    /** Where that stands which comes before all files. */
    private static final String GIVEN = "given besides the file";

    private final LocalSide local;
    private final List<String> unknown = new ArrayList<>();
    private int files;

    private ConfigReader(LocalSide local) {
        this.local = local;
    }

    /** What files say. */
    public static final class Config {
        private final List<Section> sections;
        private final List<String> unknown;
        private final LocalSide local;

        private Config(List<Section> sections, List<String> unknown, LocalSide local) {
            this.sections = List.copyOf(sections);
            this.unknown = List.copyOf(unknown);
            this.local = local;
        }

        /**
         * What holds for a host.
         *
         * @param user who logs in, whatever the files say; empty to leave that to them
         * @param port likewise; 0 to leave it to them
         * @throws ConfigException if it makes no sense
         */
        public HostOptions of(String host, String user, int port) throws ConfigException {
            HostOptions options = new HostOptions(host, local, unknown);
            if (!user.isEmpty()) {
                options.take(new Directive("user", List.of(user), GIVEN));
            }
            if (port != 0) {
                options.take(new Directive("port", List.of(String.valueOf(port)), GIVEN));
            }
            for (Section section : sections) {
                section.collect(options);
            }
            return options;
        }
    }

    /**
     * Reads a file.
     *
     * @param home what {@code ~} stands for
     * @throws ConfigException if it makes no sense
     * @throws IOException if it cannot be read
     */
    public static Config read(Path file, Path home) throws IOException {
        return read(file, LocalSide.of(home));
    }

    static Config read(Path file, LocalSide local) throws IOException {
        ConfigReader reader = new ConfigReader(local);
        return new Config(reader.sections(file, 0), reader.unknown, local);
    }

    private List<Section> sections(Path file, int depth) throws IOException {
        if (++files > MAX_FILES || depth > MAX_DEPTH) {
            throw new ConfigException(file + ": too many files are included");
        }
        List<Section> sections = new ArrayList<>();
        Section current = new Section(new Condition.Always());
        sections.add(current);
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            Directive directive =
                    Directive.parse(line, file + ", line " + number).orElse(null);
            if (directive == null) {
                continue;
            }
            switch (directive.keyword()) {
                case "host" -> {
                    current = new Section(new Condition.Host(directive.arguments()));
                    sections.add(current);
                }
                case "match" -> {
                    current = new Section(Condition.match(directive, unknown::add));
                    sections.add(current);
                }
                case "include" -> {
                    for (String pattern : directive.arguments()) {
                        for (Path included : Inclusion.files(local, directive, pattern)) {
                            current.add(sections(included, depth + 1));
                        }
                    }
                }
                default -> current.add(directive);
            }
        }
        return sections;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_FILE_OCTETS + 1);
            if (octets.length > MAX_FILE_OCTETS) {
                throw new ConfigException(file + ": has more than " + MAX_FILE_OCTETS + " octets");
            }
            return new String(octets, StandardCharsets.UTF_8);
        }
    }
}
