package io.portolan.sftp.client.internal.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What holds for one host: of each keyword what is said first, and of files with keys all that are said. */
public final class HostOptions {

    private static final Set<String> GATHERED = Set.of("identityfile", "certificatefile");

    private static final Set<String> HEEDED = Set.of(
            "hostname",
            "port",
            "user",
            "identityfile",
            "certificatefile",
            "identitiesonly",
            "identityagent",
            "proxyjump",
            "userknownhostsfile",
            "globalknownhostsfile",
            "stricthostkeychecking",
            "updatehostkeys",
            "hashknownhosts",
            "ciphers",
            "macs",
            "kexalgorithms",
            "hostkeyalgorithms",
            "connecttimeout",
            "serveraliveinterval",
            "compression");

    /** Without which we would go elsewhere, or trust somebody whom we must not. */
    private static final Set<String> NEEDED = Set.of("proxycommand", "hostkeyalias", "revokedhostkeys");

    private static final Pattern TOKEN = Pattern.compile("%.");

    private final String asked;
    private final Path home;
    private final Map<String, List<Directive>> found = new HashMap<>();
    private final List<String> unheeded;

    HostOptions(String asked, Path home, List<String> unheeded) {
        this.asked = asked;
        this.home = home;
        this.unheeded = new ArrayList<>(unheeded);
    }

    void take(Directive directive) {
        String keyword = directive.keyword();
        if (!HEEDED.contains(keyword) && !NEEDED.contains(keyword)) {
            unheeded.add(directive.where() + ": " + keyword);
            return;
        }
        List<Directive> before = found.computeIfAbsent(keyword, key -> new ArrayList<>());
        if (before.isEmpty() || GATHERED.contains(keyword)) {
            before.add(directive);
        }
    }

    /** The name that was asked for. */
    public String asked() {
        return asked;
    }

    /** What is not heeded, with file and line. */
    public List<String> unheeded() {
        return List.copyOf(unheeded);
    }

    /**
     * Refuses what cannot be left out.
     *
     * @throws ConfigException if there is such a thing
     */
    public void check() throws ConfigException {
        for (String keyword : NEEDED) {
            Optional<Directive> directive = first(keyword);
            if (directive.isPresent() && !directive.get().argument().equalsIgnoreCase("none")) {
                throw new ConfigException(directive.get().where() + ": " + keyword + " is not supported");
            }
        }
    }

    private Optional<Directive> first(String keyword) {
        return found.getOrDefault(keyword, List.of()).stream().findFirst();
    }

    /** One value. */
    public Optional<String> value(String keyword) {
        return first(keyword).map(Directive::argument);
    }

    /** Whether something is said to be so. */
    public boolean isYes(String keyword) {
        return value(keyword)
                .map(value -> value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true"))
                .orElse(false);
    }

    /** A whole number. */
    public Optional<Integer> number(String keyword, int least, int most) throws ConfigException {
        Optional<Directive> directive = first(keyword);
        if (directive.isEmpty()) {
            return Optional.empty();
        }
        String text = directive.get().argument();
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new ConfigException(
                    directive.get().where() + ": " + keyword + " " + text + " is not within " + least + " to " + most);
        }
        return Optional.of(Integer.parseInt(text));
    }

    /** The name to connect to. */
    public String hostName() {
        return value("hostname")
                .map(name -> name.replace("%h", asked).replace("%%", "%"))
                .orElse(asked);
    }

    /** Who logs in. */
    public String user() {
        return value("user").orElseGet(() -> System.getProperty("user.name", "anonymous"));
    }

    /** Files; none if it says so. */
    public List<Path> files(String keyword) {
        List<Path> files = new ArrayList<>();
        for (Directive directive : found.getOrDefault(keyword, List.of())) {
            for (String argument : directive.arguments()) {
                if (!argument.toLowerCase(Locale.ROOT).equals("none")) {
                    files.add(path(argument));
                }
            }
        }
        return files;
    }

    /** Whether there is such a directive at all. */
    public boolean has(String keyword) {
        return found.containsKey(keyword);
    }

    /** A path with its tokens replaced (ssh_config(5), TOKENS). */
    public Path path(String text) {
        String expanded = text.startsWith("~/") ? home + text.substring(1) : text;
        StringBuilder out = new StringBuilder();
        Matcher tokens = TOKEN.matcher(expanded);
        while (tokens.find()) {
            tokens.appendReplacement(out, Matcher.quoteReplacement(token(tokens.group())));
        }
        tokens.appendTail(out);
        return Path.of(out.toString());
    }

    private String token(String token) {
        return switch (token) {
            case "%%" -> "%";
            case "%d" -> home.toString();
            case "%h" -> hostName();
            case "%n" -> asked;
            case "%p" -> value("port").orElse("22");
            case "%r" -> user();
            case "%u" -> System.getProperty("user.name", "");
            default -> token;
        };
    }
}
