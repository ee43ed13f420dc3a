package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Clients that have one way to be driven each: lftp, curl, Dropbear's dbclient. */
class OtherClientsTest extends SftpPeerTest {

    @Test
    void lftpMirrorsBothWays() throws Exception {
        Peer lftp = find("lftp");
        find("ssh");
        serve(Storage.DISK);
        Path tree = Files.createDirectories(local.resolve("tree/deeper")).getParent();
        for (String name : AWKWARD_NAMES) {
            Files.writeString(tree.resolve("deeper").resolve(name), name);
        }
        String hash = Payload.hash(Payload.file(tree.resolve("big"), BIG));
        lftp.run(
                        "-c",
                        "set sftp:connect-program 'ssh -a -x -F none -oUserKnownHostsFile=" + knownHosts()
                                + " -oIdentityAgent=none -oPreferredAuthentications=password';"
                                + " set net:max-retries 1; set net:timeout 60; set cmd:fail-exit yes;"
                                + " set cmd:interactive no; set bmk:save-passwords no; open -u '" + USER + ","
                                + PASSWORD
                                + "' sftp://127.0.0.1:" + port() + "; mirror -R tree up; mirror up back")
                .succeeded();
        assertThat(Payload.hash(stored.resolve("up/big"))).isEqualTo(hash);
        assertThat(Payload.hash(local.resolve("back/big"))).isEqualTo(hash);
        for (String name : AWKWARD_NAMES) {
            assertThat(local.resolve("back/deeper").resolve(name)).hasContent(name);
        }
    }

    @Test
    void curlMovesFilesBothWays() throws Exception {
        Peer curl = find("curl");
        Assumptions.assumeTrue(curl.run("--version").output().contains(" sftp "), "curl is without SFTP");
        serve(Storage.MEMORY);
        byte[] up = localFile("up", 1_000_000);
        String url = "sftp://127.0.0.1:" + port() + "/up";
        String[] login = {"-sS", "-u", USER + ":" + PASSWORD, "--hostpubsha256", fingerprint()};
        curl.run(login[0], login[1], login[2], login[3], login[4], "-T", "up", url)
                .succeeded();
        curl.run(login[0], login[1], login[2], login[3], login[4], "-o", "down", url)
                .succeeded();
        assertThat(server.read("/up")).isEqualTo(up);
        assertThat(localBytes("down")).isEqualTo(up);
    }

    private String fingerprint() {
        return server.server().hostKeys().get(0).fingerprint().substring("SHA256:".length());
    }

    @Test
    void dropbearGetsToTheSubsystem() throws Exception {
        Peer dbclient = find("dbclient").with(Map.of("DROPBEAR_PASSWORD", PASSWORD));
        serve(Storage.MEMORY);
        byte[] init = {0, 0, 0, 5, 1, 0, 0, 0, 3};
        Path input = Files.write(folder.resolve("init"), init);
        Peer.Outcome outcome = dbclient.runWith(
                Files.readString(input), "-y", "-y", "-T", "-p", port(), "-s", USER + "@127.0.0.1", "sftp");
        assertThat(outcome.succeeded().output()).contains("posix-rename@openssh.com");
    }
}
