package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Python's ftplib; what it asserts by itself is in {@code ftplib_client.py}. */
class FtplibTest extends BothWaysTest {

    private Peer python;
    private Path script;

    @BeforeEach
    void find() throws Exception {
        python = findPython();
        script = folder.resolve("ftplib_client.py");
        try (InputStream in = FtplibTest.class.getResourceAsStream("ftplib_client.py")) {
            Files.copy(in, script);
        }
    }

    private void run(String function) throws Exception {
        String host = host().replaceAll("[\\[\\]]", "");
        python.run(script.toString(), function, host, port(), USER, PASSWORD).succeeded();
    }

    @Override
    void moveBothWays(String kind) throws Exception {
        run(kind.equals(BY_ITSELF) ? "move_both_ways" : kind);
    }

    static List<String> kindsOfDataConnection() {
        return List.of("move_both_ways", "move_actively");
    }

    static List<String> kindsOverIpv6() {
        return kindsOfDataConnection();
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
        byte[] bytes = localFile("up", 100_000);
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
