package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.config.AlgorithmList;
import io.portolan.sftp.client.internal.config.ConfigException;
import io.portolan.sftp.client.internal.config.ConfigReader;
import io.portolan.sftp.client.internal.config.HostOptions;
import io.portolan.sftp.client.internal.config.Jump;
import io.portolan.ssh.SshAlgorithms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Settings as OpenSSH's clients have them (ssh_config(5)): what an administrator has written down for {@code ssh} holds for this client as well, if that is asked for. Heeded are {@code Host}, {@code Match} with
 * {@code host}, {@code originalhost}, {@code user} and {@code all}, {@code Include}, {@code HostName}, {@code HostKeyAlias}, {@code Port}, {@code User}, {@code IdentityFile}, {@code CertificateFile}, {@code IdentitiesOnly},
 * {@code IdentityAgent}, {@code ProxyJump}, {@code UserKnownHostsFile}, {@code GlobalKnownHostsFile}, {@code StrictHostKeyChecking}, {@code UpdateHostKeys}, {@code HashKnownHosts}, {@code Ciphers}, {@code MACs},
 * {@code KexAlgorithms}, {@code HostKeyAlgorithms}, {@code ConnectTimeout}, {@code ServerAliveInterval} and {@code Compression}. {@link #unheeded} tells what else is there; what must not be left out,
 * such as {@code ProxyCommand}, is refused, and so are tokens ({@code %h}), variables of the environment and home folders that mean nothing where they stand. Immutable, and read once.
 */
public final class SshConfig {

    /** More than anybody goes through; a host that jumps through itself comes to it. */
    private static final int MAX_JUMPS = 8;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_SECONDS = 86_400;
    private static final int PASSWORD_TRIES = 3;

    private final ConfigReader.Config config;
    private final Path home;
    private final String user;
    private final int port;

    private SshConfig(ConfigReader.Config config, Path home, String user, int port) {
        this.config = config;
        this.home = home;
        this.user = user;
        this.port = port;
    }

    /**
     * Reads a file and what it includes. Blocks.
     *
     * @param file the file
     * @return the settings
     * @throws IOException if it cannot be read, or makes no sense; the message tells the line
     */
    public static SshConfig read(Path file) throws IOException {
        return read(file, Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * As {@link #read(Path)}, for somebody else.
     *
     * @param file the file
     * @param home what {@code ~} stands for
     * @return the settings
     * @throws IOException as above
     */
    public static SshConfig read(Path file, Path home) throws IOException {
        return new SshConfig(ConfigReader.read(file, home), home, "", 0);
    }

    /**
     * The same for somebody who is named elsewhere, as by {@code ssh -l}: what the file says of {@code User} does not count then, and {@code Match user} and {@code %r} are about that one. Not for jump hosts.
     *
     * @param name who logs in
     * @return the settings
     * @throws IllegalArgumentException if it is no name
     */
    public SshConfig withUser(String name) {
        return new SshConfig(config, home, SftpClient.requireName("user", name), port);
    }

    /**
     * The same for a port that is named elsewhere, as by {@code ssh -p}: what the file says of {@code Port} does not count then, and {@code %p} is that one. Not for jump hosts.
     *
     * @param number 1–65535
     * @return the settings
     * @throws IllegalArgumentException if it is out of its range
     */
    public SshConfig withPort(int number) {
        if (number < 1 || number > MAX_PORT) {
            throw new IllegalArgumentException("port: " + number);
        }
        return new SshConfig(config, home, user, number);
    }

    /**
     * What is not heeded for a host.
     *
     * @param host the name that is asked for
     * @return file, line and keyword of each
     * @throws IOException if the settings for it make no sense; the message tells the line
     */
    public List<String> unheeded(String host) throws IOException {
        return options(host).unheeded();
    }

    /**
     * A client of a host, as far as the settings go; anything may still be changed.
     *
     * @param host the name that is asked for, which may be an alias
     * @param secrets asked for the passphrases of keys, and for the password where no key lets us in
     * @return a builder
     * @throws IOException if the settings make no sense, or cannot be kept to; the message tells the line
     */
    public SftpClient.Builder client(String host, SecretSource secrets) throws IOException {
        Objects.requireNonNull(secrets, "secrets");
        HostOptions options = options(host);
        options.check();
        SftpClient.Builder client = SftpClient.builder()
                .host(options.hostName())
                .port(options.port())
                .user(options.user(), login(options, secrets))
                .hostKeys(hostKeys(options))
                .algorithms(algorithms(options))
                .jumpThrough(jumps(options, secrets, 0).toArray(JumpHost[]::new));
        options.number("connecttimeout", 1, MAX_SECONDS)
                .map(Duration::ofSeconds)
                .ifPresent(time -> client.timeouts(SftpTimeouts.DEFAULT.withConnect(time)));
        options.number("serveraliveinterval", 0, MAX_SECONDS)
                .map(Duration::ofSeconds)
                .ifPresent(client::keepAlive);
        return client;
    }

    /**
     * A check of a host, as far as the settings go; anything may still be changed.
     *
     * @param host the name that is asked for, which may be an alias
     * @param secrets asked for the passphrases of keys, and for the password where no key lets us in
     * @return a builder
     * @throws IOException if the settings make no sense, or cannot be kept to, as with {@code ProxyJump}: checks reach their servers without help; the message tells the line
     */
    public SftpEndpointCheck.Builder check(String host, SecretSource secrets) throws IOException {
        Objects.requireNonNull(secrets, "secrets");
        HostOptions options = options(host);
        options.check();
        if (!options.jumps().isEmpty()) {
            throw new ConfigException(
                    options.told("proxyjump")
                            + ": a check looks at servers that it can reach itself; check the jump host first, and the server from there");
        }
        SftpEndpointCheck.Builder check = new SftpEndpointCheck.Builder(options.hostName(), options.port())
                .login(options.user(), login(options, secrets))
                .hostKeys(hostKeys(options))
                .algorithms(algorithms(options));
        Optional<Integer> seconds = options.number("connecttimeout", 1, MAX_SECONDS);
        seconds.ifPresent(number -> check.connectTime(SftpEndpointCheck.Builder.atMost(Duration.ofSeconds(number))));
        return check;
    }

    /**
     * Who logs in to a host.
     *
     * @param host the name that is asked for, which may be an alias
     * @return the user; who runs this if the settings name nobody
     * @throws IOException if the settings for it make no sense; the message tells the line
     */
    public String user(String host) throws IOException {
        return options(host).user();
    }

    /**
     * The keys and the agent that the settings name for a host, to be added to: for {@link SftpClient.Builder#user(String, SshLogin)}, instead of the login that {@link #client} has set.
     *
     * @param host the name that is asked for, which may be an alias
     * @param passphrases asked for the passphrases of keys
     * @return a login without a password
     * @throws IOException if the settings for it make no sense; the message tells the line
     */
    public SshLogin.Builder login(String host, SecretSource passphrases) throws IOException {
        Objects.requireNonNull(passphrases, "passphrases");
        return keys(options(host), passphrases);
    }

    private HostOptions options(String host) throws ConfigException {
        return config.of(SftpClient.requireName("host", host), user, port);
    }

    private SshLogin login(HostOptions options, SecretSource secrets) throws ConfigException {
        return keys(options, secrets).password(secrets, PASSWORD_TRIES).build();
    }

    private SshLogin.Builder keys(HostOptions options, SecretSource secrets) throws ConfigException {
        SshLogin.Builder login = SshLogin.builder();
        List<Path> certificates = options.files("certificatefile");
        List<Path> identities = options.has("identityfile") ? options.files("identityfile") : usualIdentities();
        for (Path identity : identities) {
            for (Path certificate : certificates) {
                login.identity(identity, certificate, secrets);
            }
            login.identity(identity, secrets);
        }
        options.agent().ifPresent(login::agent);
        return options.isYes("identitiesonly") ? login.identitiesOnly() : login;
    }

    /** What OpenSSH tries if nothing is said. */
    private List<Path> usualIdentities() {
        return List.of("id_rsa", "id_ecdsa", "id_ed25519").stream()
                .map(name -> home.resolve(".ssh").resolve(name))
                .filter(Files::isRegularFile)
                .toList();
    }

    private HostKeys hostKeys(HostOptions options) throws ConfigException {
        List<Path> ofUser = options.has("userknownhostsfile")
                ? options.files("userknownhostsfile")
                : List.of(home.resolve(".ssh").resolve("known_hosts"));
        List<Path> ofAll = options.has("globalknownhostsfile")
                ? options.files("globalknownhostsfile")
                : List.of(Path.of("/etc/ssh/ssh_known_hosts"));
        if (ofUser.isEmpty() && ofAll.isEmpty()) {
            throw new ConfigException(options.asked() + ": there are no files of known hosts");
        }
        HostKeys keys = HostKeys.inFiles(ofUser, ofAll);
        if (!options.isYes("hashknownhosts")) {
            keys = keys.withReadableNames();
        }
        Optional<String> alias = options.value("hostkeyalias");
        if (alias.isPresent()) {
            try {
                keys = keys.withAlias(alias.get());
            } catch (IllegalArgumentException e) {
                throw new ConfigException(options.told("hostkeyalias") + ": " + e.getMessage());
            }
        }
        String policy = options.value("stricthostkeychecking").orElse("yes").toLowerCase(Locale.ROOT);
        switch (policy) {
            case "accept-new" -> keys = keys.acceptingNew();
            case "yes", "ask" -> {}
            default ->
                throw new ConfigException(options.asked() + ": StrictHostKeyChecking " + policy
                        + " would trust anybody; accept-new is as far as it goes");
        }
        return options.isYes("updatehostkeys") && !ofUser.isEmpty() ? keys.learningNewKeys() : keys;
    }

    private static SshAlgorithms algorithms(HostOptions options) throws ConfigException {
        SshAlgorithms usual = SshAlgorithms.compatible();
        SshAlgorithms chosen = usual.withKeyExchanges(list(options, "kexalgorithms", usual.keyExchanges()))
                .withHostKeys(list(options, "hostkeyalgorithms", usual.hostKeys()))
                .withCiphers(list(options, "ciphers", usual.ciphers()))
                .withMacs(list(options, "macs", usual.macs()));
        return options.isYes("compression") ? chosen.withCompression() : chosen;
    }

    private static List<String> list(HostOptions options, String keyword, List<String> usual) throws ConfigException {
        List<String> chosen = options.value(keyword)
                .map(text -> AlgorithmList.of(text, usual, usual))
                .orElse(usual);
        if (chosen.isEmpty()) {
            throw new ConfigException(options.asked() + ": of " + keyword + " nothing is left that there is");
        }
        return chosen;
    }

    /** The way to a host; the way to the first of them may be another jump. */
    private List<JumpHost> jumps(HostOptions options, SecretSource secrets, int depth) throws ConfigException {
        List<Jump> names = options.jumps();
        List<JumpHost> jumps = new ArrayList<>();
        if (depth + names.size() > MAX_JUMPS) {
            throw new ConfigException(options.asked() + ": more than " + MAX_JUMPS + " jump hosts");
        }
        for (int i = 0; i < names.size(); i++) {
            Jump jump = names.get(i);
            HostOptions way = config.of(jump.host(), jump.user(), jump.port());
            way.check();
            if (i == 0) {
                jumps.addAll(jumps(way, secrets, depth + names.size()));
            }
            jumps.add(new JumpHost(way.hostName(), way.port(), way.user(), login(way, secrets), hostKeys(way)));
        }
        return jumps;
    }
}
