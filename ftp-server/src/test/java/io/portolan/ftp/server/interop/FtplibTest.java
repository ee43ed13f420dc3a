package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Python's ftplib; what it asserts by itself is in {@code ftplib_client.py}. */
class FtplibTest extends PeerTest {

    private Peer python;
    private Path script;

    @BeforeEach
    void find() throws Exception {
        python = Peer.find("python3", local).behind("-c", "import sys; print(sys.executable)");
        script = folder.resolve("ftplib_client.py");
        try (InputStream in = FtplibTest.class.getResourceAsStream("ftplib_client.py")) {
            Files.copy(in, script);
        }
    }

    private void run(String function) throws Exception {
        String host = host().replaceAll("[\\[\\]]", "");
        python.run(script.toString(), function, host, port(), USER, PASSWORD).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"move_both_ways", "move_actively"})
    void movesAFileBothWays(String function) throws Exception {
        serve(Storage.DISK);
        byte[] bytes = Payload.bytes(1_000_003);
        localFile("up", bytes);
        run(function);
        assertThat(server.read("/file")).isEqualTo(bytes);
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"move_both_ways", "move_actively"})
    void movesAFileOverIpv6(String function) throws Exception {
        serveOnIpv6(Storage.MEMORY);
        byte[] bytes = Payload.bytes(100_000);
        localFile("up", bytes);
        run(function);
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @Test
    void movesAnEmptyFile() throws Exception {
        serve(Storage.DISK);
        localFile("up", new byte[0]);
        run("move_both_ways");
        assertThat(server.read("/file")).isEmpty();
        assertThat(localBytes("down")).isEmpty();
    }

    @Test
    void movesABigFile() throws Exception {
        serve(Storage.DISK);
        String hash = Payload.hash(Payload.file(local.resolve("up"), BIG));
        run("move_both_ways");
        assertThat(Payload.hash(stored.resolve("file"))).isEqualTo(hash);
        assertThat(Payload.hash(local.resolve("down"))).isEqualTo(hash);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void takesNamesAsTheyAre(Storage storage) throws Exception {
        serve(storage);
        Files.write(local.resolve("names"), AWKWARD_NAMES);
        run("names");
        for (String name : AWKWARD_NAMES) {
            assertThat(server.text("/" + name)).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void listsInEveryForm(Storage storage) throws Exception {
        serve(storage);
        server.directory("/dir");
        server.write("/dir/a file", "12345");
        run("listings");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWhereATransferBroke(Storage storage) throws Exception {
        serve(storage);
        byte[] bytes = Payload.bytes(100_000);
        localFile("up", bytes);
        server.write("/whole", bytes);
        server.write("/half", Arrays.copyOf(bytes, 1000));
        run("resume");
        assertThat(server.read("/half")).isEqualTo(bytes);
    }

    @Test
    void appends() throws Exception {
        serve(Storage.DISK);
        server.write("/file", "some ");
        run("append");
        assertThat(server.text("/file")).isEqualTo("some more");
    }

    @Test
    void movesLines() throws Exception {
        serve(Storage.DISK);
        server.write("/text", "one\ntwo\n");
        run("lines");
        assertThat(server.text("/other")).isEqualTo("three\nfour\n");
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void makesRenamesAndDeletes(Storage storage) throws Exception {
        serve(storage);
        run("change");
        assertThat(server.text("/say \"hi\"/new")).isEqualTo("x");
        assertThat(server.exists("/old")).isFalse();
        assertThat(server.exists("/empty")).isFalse();
        assertThat(server.exists("/gone")).isFalse();
    }

    @Test
    void abortsADownloadAndGoesOn() throws Exception {
        serve(Storage.DISK);
        Payload.file(stored.resolve("big"), BIG);
        server.write("/small", "small");
        run("abort");
    }

    @Test
    void leavesTheNameToTheServer() throws Exception {
        serve(Storage.DISK);
        run("unique");
        assertThat(stored.toFile().listFiles())
                .singleElement()
                .satisfies(file -> assertThat(file).hasContent("unique"));
    }

    @Test
    void isToldWhatCannotBe() throws Exception {
        serve(Storage.DISK);
        run("refusals");
    }
}
