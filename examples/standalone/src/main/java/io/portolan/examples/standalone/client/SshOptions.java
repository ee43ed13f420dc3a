package io.portolan.examples.standalone.client;

import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.JumpHost;
import io.portolan.sftp.client.SecretSource;
import io.portolan.sftp.client.SshLogin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

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

    @Option(
            names = {"-J", "--jump"},
            paramLabel = "[USER@]HOST[:PORT]",
            split = ",",
            description =
                    "sftp: go through this SSH server, which has to forward connections; several, divided by commas, in their order. They are known by --known-hosts, and get keys or what is typed, no password of a file.")
    List<String> jumps = new ArrayList<>();

    boolean isAny() {
        return knownHosts != null || acceptNew || !identities.isEmpty() || !jumps.isEmpty();
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

    /** Whom to trust, by files. */
    HostKeys hostKeys() {
        HostKeys known = knownHosts == null ? HostKeys.known() : HostKeys.inFiles(knownHosts);
        return acceptNew ? known.acceptingNew() : known;
    }

    /** Keys, and nothing else yet. */
    SshLogin.Builder login(SecretSource passphrase) {
        SshLogin.Builder login = SshLogin.builder();
        identities.forEach(file -> login.identity(file, passphrase));
        return login.agent();
    }
}
