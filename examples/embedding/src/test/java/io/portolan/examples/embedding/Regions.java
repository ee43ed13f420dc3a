package io.portolan.examples.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of the sources between {@code tag::name[]} and {@code end::name[]}, by their names. */
final class Regions {

    private static final Pattern REGION =
            Pattern.compile("^ *// tag::([a-z]+)\\[]\n(.*?)^ *// end::\\1\\[]\n", Pattern.MULTILINE | Pattern.DOTALL);

    private Regions() {}

    static Map<String, String> below(Path sources) throws IOException {
        Map<String, String> regions = new TreeMap<>();
        try (Stream<Path> files = Files.walk(sources)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = REGION.matcher(Files.readString(file));
                while (matcher.find()) {
                    regions.put(matcher.group(1), unindented(matcher.group(2)));
                }
            }
        }
        return regions;
    }

    /** By the rule of text blocks: what all lines have in common goes. */
    private static String unindented(String lines) {
        return lines.stripTrailing().stripIndent() + "\n";
    }
}
