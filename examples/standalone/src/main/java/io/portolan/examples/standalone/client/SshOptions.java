package io.portolan.examples.standalone.client;

import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SecretSource;
import io.portolan.sftp.client.SshLogin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What only SSH has: keys of servers, and of those who log in. */
final class SshOptions {

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

    boolean isAny() {
        return knownHosts != null || acceptNew || !identities.isEmpty();
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
