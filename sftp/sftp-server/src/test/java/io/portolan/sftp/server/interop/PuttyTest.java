package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PuTTY's psftp and pscp. */
class PuttyTest extends SftpPeerTest {

    private Peer.Outcome run(String program, List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-batch",
                "-P",
                port(),
                "-hostkey",
                server.server().hostKeys().get(0).fingerprint()));
        all.addAll(options);
        all.addAll(List.of(arguments));
        return find(program).run(all.toArray(String[]::new));
    }

    private Peer.Outcome psftp(String script, String... options) throws Exception {
        Path batch = Files.writeString(folder.resolve("batch"), script);
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("-b", batch.toString()));
        return run("psftp", all, USER + "@127.0.0.1");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesFilesBothWaysWithAPassword(Storage storage) throws Exception {
        serve(storage);
        byte[] up = localFile("up", 3_000_000);
        psftp("put up big\nls\nmkdir folder\nmv big folder/big\nget folder/big down\n", "-pw", PASSWORD)
                .succeeded();
        assertThat(server.read("/folder/big")).isEqualTo(up);
        assertThat(localBytes("down")).isEqualTo(up);
    }

    @Test
    void logsInByAKey() throws Exception {
        find("puttygen"); // skips
        Path key = userKey("ed25519");
        Path ppk = folder.resolve("key.ppk");
        find("puttygen")
                .run(key.toString(), "-O", "private", "-o", ppk.toString())
                .succeeded();
        serve(Storage.MEMORY, settings -> settings.authenticator(holderOf(key)));
        server.write("/note", "hello");
        psftp("get note\n", "-i", ppk.toString()).succeeded();
        assertThat(localBytes("note")).asString().isEqualTo("hello");
    }

    @Test
    void copiesWithPscp() throws Exception {
        serve(Storage.MEMORY);
        byte[] up = localFile("up", 500_000);
        run("pscp", List.of("-sftp", "-pw", PASSWORD), "up", USER + "@127.0.0.1:copy")
                .succeeded();
        run("pscp", List.of("-sftp", "-pw", PASSWORD), USER + "@127.0.0.1:copy", "down")
                .succeeded();
        assertThat(server.read("/copy")).isEqualTo(up);
        assertThat(localBytes("down")).isEqualTo(up);
    }
}
