package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.PasswordPrompt;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.JumpHost;
import io.portolan.sftp.client.SecretSource;
import io.portolan.sftp.client.SshConfig;
import io.portolan.sftp.client.SshLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What only SSH has: keys of servers, and of those who log in. */
final class SshOptions {

    private static final int SSH_PORT = 22;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description =
                    "sftp: file with the keys of servers (~/.ssh/known_hosts); a server that is not in it is refused.")
    @Nullable
    Path knownHosts;

    @Option(
            names = "--accept-new",
            description = "sftp: write the key of a server of which nothing is known to that file, and trust it.")
    boolean acceptNew;

    @Option(
            names = {"-i", "--identity"},
            paramLabel = "FILE",
            description =
                    "sftp: private key to log in with, of which a passphrase is asked for. Repeatable. The agent's come after them.")
    List<Path> identities = new ArrayList<>();

    @Option(names = "--no-agent", description = "sftp: leave the keys of the agent (SSH_AUTH_SOCK) out.")
    boolean noAgent;

    @Option(
            names = {"-J", "--jump"},
            paramLabel = "[USER@]HOST[:PORT]",
            split = ",",
            description =
                    "sftp: go through this SSH server, which has to forward connections; several, divided by commas, in their order. They are known by --known-hosts, and get keys or what is typed, no password of a file.")
    List<String> jumps = new ArrayList<>();

    @Option(
            names = {"-F", "--ssh-config"},
            paramLabel = "FILE",
            description =
                    "sftp: settings as ssh has them, such as ~/.ssh/config: name, port, user, keys, jump hosts, known hosts, algorithms. Other options and the URL come before them; none are read unless named here.")
    @Nullable
    Path config;

    boolean isAny() {
        return knownHosts != null
                || acceptNew
                || !identities.isEmpty()
                || noAgent
                || !jumps.isEmpty()
                || config != null;
    }

    /** What --ssh-config says, behind what the URL says; null without it. */
    @Nullable
    SshConfig settings(RemoteUrl.Server server) throws IOException {
        if (config == null) {
            return null;
        }
        SshConfig read = SshConfig.read(config);
        SshConfig ofUser = server.user().map(read::withUser).orElse(read);
        return server.port().isPresent() ? ofUser.withPort(server.port().getAsInt()) : ofUser;
    }

    /** Whether options say whom to trust. */
    boolean isTrusting(@Nullable String fingerprint, boolean insecure) {
        return knownHosts != null || acceptNew || fingerprint != null || insecure;
    }

    /**
     * The servers on the way.
     *
     * @param user who logs in to those that name nobody
     * @throws IllegalArgumentException if one of them is none
     */
    JumpHost[] way(String user, SshLogin login, HostKeys hostKeys) {
        return jumps.stream()
                .map(text -> {
                    RemoteUrl jump = RemoteUrl.parse("sftp://" + text);
                    if (!jump.path().isEmpty() || jump.pattern().isPresent()) {
                        throw new IllegalArgumentException("a jump host has no path");
                    }
                    RemoteUrl.Server server = jump.server();
                    return new JumpHost(
                            server.host(),
                            server.port().orElse(SSH_PORT),
                            server.user().orElse(user),
                            login,
                            hostKeys);
                })
                .toArray(JumpHost[]::new);
    }

    /** Whom to trust: whoever is in the files, or has a fingerprint, which is the last server's, or anybody. */
    HostKeys hostKeys(CommandSpec command, @Nullable String fingerprint, boolean insecure) {
        boolean byFile = knownHosts != null || acceptNew;
        boolean byFingerprint = fingerprint != null;
        if (insecure && (byFile || byFingerprint) || byFingerprint && byFile && jumps.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--fingerprint, --insecure, --known-hosts with or without --accept-new: one of them only");
        }
        if (insecure) {
            warn(command);
            return HostKeys.of("").asking(question -> true);
        }
        if (fingerprint == null) {
            return hostKeysByFile();
        }
        try {
            return HostKeys.withFingerprints(fingerprint);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--fingerprint: " + e.getMessage(), e);
        }
    }

    HostKeys hostKeysByFile() {
        HostKeys known = knownHosts == null ? HostKeys.known() : HostKeys.inFiles(knownHosts);
        return acceptNew ? known.acceptingNew() : known;
    }

    static void warn(CommandSpec command) {
        command.commandLine()
                .getErr()
                .println(
                        "warning: --insecure: whoever is on the way can pretend to be the server, and read the password");
    }

    /** Keys first; somebody is asked for a password only if the server wants one, and knows at that time which server it is. */
    SshLogin login(CommandSpec command, PasswordOptions password, boolean inputIsData) throws IOException {
        return login(command, keys(command, inputIsData), password, inputIsData);
    }

    /** The same, with the keys and the agent of --ssh-config before those of options. */
    SshLogin login(CommandSpec command, SshConfig config, String host, PasswordOptions password, boolean inputIsData)
            throws IOException {
        if (noAgent) {
            throw new ParameterException(
                    command.commandLine(), "--no-agent: not with --ssh-config, in which IdentityAgent none says it");
        }
        SecretSource passphrase = passphrase(command, inputIsData);
        SshLogin.Builder login = config.login(host, passphrase);
        identities.forEach(file -> login.identity(file, passphrase));
        return login(command, login, password, inputIsData);
    }

    private SshLogin login(CommandSpec command, SshLogin.Builder login, PasswordOptions password, boolean inputIsData)
            throws IOException {
        if (password.isGiven()) {
            return login.password(password.read(inputIsData)).build();
        }
        if (inputIsData) {
            return login.build();
        }
        if (!identities.isEmpty()) {
            // a key, and a code as well, where somebody is there to type it
            return PasswordPrompt.isTyped()
                    ? login.interactive(new TypedAnswers(command)).build()
                    : login.build();
        }
        return typed(command, login, "Password").build();
    }

    /** What is typed is the answer to whatever the server asks, or else the password. */
    private static SshLogin.Builder typed(CommandSpec command, SshLogin.Builder login, String what) {
        return login.interactive(new TypedAnswers(command)).password(prompt -> PasswordPrompt.read(command, what), 1);
    }

    /** By keys, or by what somebody types: the password of a file or a variable is the last server's, and nobody else's. */
    SshLogin jumpLogin(CommandSpec command, boolean inputIsData) {
        SshLogin.Builder login = keys(command, inputIsData);
        return inputIsData
                ? login.build()
                : login.password(prompt -> PasswordPrompt.read(command, prompt), 1)
                        .build();
    }

    private SshLogin.Builder keys(CommandSpec command, boolean inputIsData) {
        SshLogin.Builder login = SshLogin.builder();
        SecretSource passphrase = passphrase(command, inputIsData);
        identities.forEach(file -> login.identity(file, passphrase));
        return noAgent ? login : login.agent();
    }

    private static SecretSource passphrase(CommandSpec command, boolean inputIsData) {
        return prompt -> inputIsData ? null : PasswordPrompt.read(command, TerminalText.harmless(prompt));
    }

    /** Whatever is asked for on the way to the last server: what is typed only. */
    static SecretSource typed(CommandSpec command, boolean inputIsData) {
        return passphrase(command, inputIsData);
    }
}
