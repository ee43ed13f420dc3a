package io.portolan.sftp.client.internal.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What holds for one host: of each keyword what is said first, and of files with keys all that are said. */
public final class HostOptions {

    private static final String NONE = "none";
    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

    private static final Set<String> GATHERED = Set.of("identityfile", "certificatefile");

    private static final Set<String> HEEDED = Set.of(
            "hostname",
            "hostkeyalias",
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
    private static final Set<String> NEEDED = Set.of("proxycommand", "revokedhostkeys");

    /** Of whose paths only the {@code ~} means something. */
    private static final Set<String> WITHOUT_TOKENS = Set.of("globalknownhostsfile");

    private static final int MAX_PORT = 65_535;
    private static final int STANDARD_PORT = 22;

    private final String asked;
    private final LocalSide local;
    private final Map<String, List<Directive>> found = new HashMap<>();
    private final List<String> unheeded;

    HostOptions(String asked, LocalSide local, List<String> unheeded) {
        this.asked = asked;
        this.local = local;
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

    /** Where a directive stands and what it is, for messages. */
    public String told(String keyword) {
        return first(keyword).map(Directive::told).orElse(keyword);
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
    public String hostName() throws ConfigException {
        Optional<Directive> directive = first("hostname");
        return directive.isEmpty()
                ? asked
                : Tokens.expand(
                        directive.get().argument(),
                        token -> token == 'h' ? Optional.of(asked) : Optional.empty(),
                        directive.get().told());
    }

    /** The port to connect to. */
    public int port() throws ConfigException {
        return number("port", 1, MAX_PORT).orElse(STANDARD_PORT);
    }

    /** Who logs in. */
    public String user() {
        return value("user").orElse(local.user().isEmpty() ? "anonymous" : local.user());
    }

    /** The way there, the first jump first; its first may have a way of its own. */
    public List<Jump> jumps() throws ConfigException {
        Optional<Directive> directive = first("proxyjump");
        if (directive.isEmpty()) {
            return List.of();
        }
        String where = directive.get().told();
        String text = Tokens.expand(directive.get().argument(), this::target, where);
        return Jump.parseAll(text, where);
    }

    /**
     * Files.
     *
     * @return none if it says so
     * @throws ConfigException if a path has something in it that cannot be put in
     */
    public List<Path> files(String keyword) throws ConfigException {
        List<Path> files = new ArrayList<>();
        for (Directive directive : found.getOrDefault(keyword, List.of())) {
            for (String argument : directive.arguments()) {
                if (!argument.equalsIgnoreCase(NONE)) {
                    files.add(path(directive, argument));
                } else if (!GATHERED.contains(keyword) && directive.arguments().size() > 1) {
                    throw new ConfigException(directive.told() + " none has to stand alone");
                }
            }
        }
        return files;
    }

    /** Whether there is such a directive at all. */
    public boolean has(String keyword) {
        return found.containsKey(keyword);
    }

    /** Where the agent listens; nothing if there is none. */
    public Optional<Path> agent() throws ConfigException {
        Optional<Directive> directive = first("identityagent");
        String socket = directive.map(Directive::argument).orElse(AGENT_VARIABLE);
        if (directive.isPresent() && socket.equalsIgnoreCase(NONE)) {
            return Optional.empty();
        }
        if (socket.equals(AGENT_VARIABLE) || socket.startsWith("$") && !socket.startsWith("${")) {
            String variable = socket.startsWith("$") ? socket.substring(1) : socket;
            return local.environment()
                    .value(variable)
                    .filter(value -> !value.isBlank())
                    .map(Path::of);
        }
        return directive.isEmpty() ? Optional.empty() : Optional.of(path(directive.get(), socket));
    }

    private Path path(Directive directive, String text) throws ConfigException {
        String where = directive.told();
        String path = local.withoutTilde(text, where);
        if (WITHOUT_TOKENS.contains(directive.keyword())) {
            if (path.contains("%") || path.contains("${")) {
                throw new ConfigException(where + " " + text + ": nothing is put in there for % and ${");
            }
            return Path.of(path);
        }
        return Path.of(Tokens.expand(path, token -> token(token, where), local.environment(), where));
    }

    /** What is known of the server alone; these {@code ProxyJump} takes. */
    private Optional<String> target(char token) throws ConfigException {
        return switch (token) {
            case 'h' -> Optional.of(hostName().toLowerCase(Locale.ROOT));
            case 'n' -> Optional.of(asked);
            case 'p' -> Optional.of(String.valueOf(port()));
            case 'r' -> Optional.of(user());
            default -> Optional.empty();
        };
    }

    private Optional<String> token(char token, String where) throws ConfigException {
        return switch (token) {
            case 'C' -> Optional.of(connectionDigest(where));
            case 'd' -> Optional.of(local.home().toString());
            case 'i' -> Optional.of(local.userId(where));
            case 'j' -> Optional.of(lastJump());
            case 'k' -> Optional.of(value("hostkeyalias").orElse(asked));
            case 'L' -> Optional.of(local.hostName(where).split("\\.", 2)[0]);
            case 'l' -> Optional.of(local.hostName(where));
            case 'u' -> Optional.of(local.user());
            default -> target(token);
        };
    }

    /** As OpenSSH has it: the name of the jump host next to the server, without its user and port. */
    private String lastJump() throws ConfigException {
        List<Jump> jumps = jumps();
        return jumps.isEmpty() ? "" : jumps.get(jumps.size() - 1).host();
    }

    /** SHA-1 of {@code %l%h%p%r%j}, which names files and protects nothing; before OpenSSH 9.7 without the jump host. */
    private String connectionDigest(String where) throws ConfigException {
        String text = local.hostName(where) + target('h').orElseThrow() + port() + user() + lastJump();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-1", e);
        }
    }
}
