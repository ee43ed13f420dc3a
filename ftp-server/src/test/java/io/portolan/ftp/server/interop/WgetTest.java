package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WgetTest extends ServerPeerTest {

    private Peer wget;

    @BeforeEach
    void find() throws Exception {
        wget = find("wget");
    }

    private void wget(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-nv",
                "--no-config",
                "--no-proxy",
                "--tries=1",
                "--timeout=60",
                "--user=" + USER,
                "--password=" + PASSWORD));
        all.addAll(List.of(arguments));
        wget.run(all.toArray(String[]::new)).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--passive-ftp", "--no-passive-ftp"})
    void downloadsAFile(String mode) throws Exception {
        serve(Storage.DISK);
        byte[] bytes = Payload.bytes(1_000_003);
        server.write("/file", bytes);
        wget(mode, url("/file"));
        assertThat(localBytes("file")).isEqualTo(bytes);
    }

    @Test
    void downloadsOverIpv6() throws Exception {
        serveOnIpv6(Storage.MEMORY);
        server.write("/file", "content");
        wget(url("/file"));
        assertThat(local.resolve("file")).hasContent("content");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWithADownload(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(500_000);
        server.write("/file", bytes);
        localFile("file", Arrays.copyOf(bytes, 123_456));
        wget("-c", url("/file"));
        assertThat(localBytes("file")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void mirrorsATree(Storage storage) throws Exception {
        serve(storage);
        server.directory("/tree");
        server.directory("/tree/a b");
        for (int i = 0; i < 20; i++) {
            server.write(i % 2 == 0 ? "/tree/f" + i : "/tree/a b/f" + i, Payload.bytes(i * 1000));
        }
        wget("-r", "-nH", "--level=5", url("/tree/"));
        for (int i = 0; i < 20; i++) {
            assertThat(localBytes(i % 2 == 0 ? "tree/f" + i : "tree/a b/f" + i)).isEqualTo(Payload.bytes(i * 1000));
        }
    }
}
