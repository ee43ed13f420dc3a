package io.portolan.sftp.client.internal.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/**
 * The files that {@code Include} means, as OpenSSH's clients have it: relative to the folder {@code .ssh} of whoever's settings they are, wherever the file lies that includes them; with wildcards in any part of the path, which leave
 * out names that begin with a dot unless they do so themselves; and none where nothing is found.
 */
final class Inclusion {

    private static final String WILDCARDS = "*?[";

    private final LocalSide local;
    private final String where;
    private final String pattern;

    private Inclusion(LocalSide local, String pattern, String where) {
        this.local = local;
        this.pattern = pattern;
        this.where = where;
    }

    /**
     * Looks for them. Blocks.
     *
     * @param directive that includes them
     * @param pattern one of its arguments
     * @return the files, in the order of their names, at most one more than {@link ConfigReader#MAX_FILES}
     */
    static List<Path> files(LocalSide local, Directive directive, String pattern) throws IOException {
        return new Inclusion(local, pattern, directive.told()).files();
    }

    private List<Path> files() throws IOException {
        // OpenSSH before 9.9 takes a % as it is, later ones put something in that only one host has
        String expanded = Tokens.expand(
                local.withoutTilde(pattern, where), token -> Optional.empty(), local.environment(), where);
        Path path = local.home().resolve(".ssh").resolve(expanded);
        List<Path> found = path.getRoot() == null ? List.of(Path.of("")) : List.of(path.getRoot());
        for (Path part : path) {
            found = within(found, part.toString());
        }
        return found.stream().filter(Files::isRegularFile).sorted().toList();
    }

    private List<Path> within(List<Path> folders, String part) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : folders) {
            if (part.chars().noneMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
                found.add(folder.resolve(part));
            } else if (Files.isDirectory(folder)) {
                match(folder, part, found);
            }
        }
        return found;
    }

    private void match(Path folder, String part, List<Path> found) throws IOException {
        PathMatcher matcher = matcher(folder, part);
        DirectoryStream.Filter<Path> wanted = entry -> {
            Path name = entry.getFileName();
            return matcher.matches(name)
                    && (part.startsWith(".") || !name.toString().startsWith("."));
        };
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, wanted)) {
            for (Path entry : entries) {
                found.add(entry);
                if (found.size() > ConfigReader.MAX_FILES) {
                    throw new ConfigException(
                            where + " " + pattern + ": more than " + ConfigReader.MAX_FILES + " files");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private PathMatcher matcher(Path folder, String part) throws ConfigException {
        try {
            // braces mean something to the JDK alone
            return folder.getFileSystem()
                    .getPathMatcher("glob:" + part.replace("{", "\\{").replace("}", "\\}"));
        } catch (PatternSyntaxException e) {
            throw new ConfigException(where + " " + pattern + ": " + e.getDescription());
        }
    }
}
