package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several clients in the channels of one connection, as OpenSSH's ControlMaster has it, while keys are renewed all the time. */
class SharedConnectionTest extends SftpPeerTest {

    private static final int CLIENTS = 4;
    private static final int SIZE = 8 << 20;

    private String[] arguments(Path socket, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-F",
                "none",
                "-oUserKnownHostsFile=" + knownHosts(),
                "-oGlobalKnownHostsFile=/dev/null",
                "-oStrictHostKeyChecking=yes",
                "-oNumberOfPasswordPrompts=1",
                "-oIdentitiesOnly=yes",
                "-oIdentityAgent=none",
                "-oLogLevel=ERROR",
                "-oControlPath=" + socket,
                "-oRekeyLimit=1M",
                "-oPort=" + port()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void theirTransfersBothWaysGoOnTogether() throws Exception {
        serve(Storage.MEMORY);
        Path socket = folder.resolve("s");
        byte[] content = localFile("up", SIZE);
        Peer ssh = find("ssh").with(askPass(PASSWORD));
        try (Peer.Running master = ssh.start(arguments(socket, "-M", "-N", USER + "@127.0.0.1"))) {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(socket));
            List<Peer.Running> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Path batch = Files.writeString(
                        folder.resolve("batch" + i), "put up c" + i + "\nget c" + i + " down" + i + "\n");
                clients.add(find("sftp").start(arguments(socket, "-b", batch.toString(), USER + "@127.0.0.1")));
            }
            for (Peer.Running client : clients) {
                client.await().succeeded();
                client.close();
            }
            assertThat(server.server().sessions()).hasSize(1);
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(server.read("/c" + i)).isEqualTo(content);
                assertThat(localBytes("down" + i)).isEqualTo(content);
            }
            find("ssh")
                    .run(arguments(socket, "-O", "exit", USER + "@127.0.0.1"))
                    .succeeded();
            master.await();
        }
    }
}
