package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.testing.TlsFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CurlTest {

    @TempDir
    private Path local;

    static Stream<Arguments> everyWay() {
        List<Arguments> ways = new ArrayList<>();
        for (TlsEngine engine : List.of(TlsEngine.BORINGSSL, TlsEngine.JDK)) {
            for (String version : List.of("1.2", "1.3")) {
                for (boolean implicit : new boolean[] {false, true}) {
                    ways.add(Arguments.of(engine, version, implicit));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWays(TlsEngine engine, String version, boolean implicit) throws Exception {
        Peer curl = Peer.find("curl", Files.createDirectories(local.resolve("here")));
        byte[] bytes = new byte[1_000_003];
        new Random(1).nextBytes(bytes);
        Files.write(local.resolve("here/up"), bytes);
        Files.write(local.resolve("here/nothing"), new byte[0]);
        try (TlsFixture server = TlsFixture.serving(
                ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine).build())) {
            String url = implicit
                    ? "ftps://127.0.0.1:" + server.implicitPort() + "/"
                    : "ftp://127.0.0.1:" + server.explicitPort() + "/";
            run(curl, version, "-T", "up", url + "file");
            run(curl, version, "-T", "nothing", url + "empty");
            // one control connection and several data connections
            run(curl, version, "-o", "down", url + "file", "-o", "down2", url + "empty", url);
            assertThat(server.read("/file")).isEqualTo(bytes);
            assertThat(Files.readAllBytes(local.resolve("here/down"))).isEqualTo(bytes);
            assertThat(server.read("/empty")).isEmpty();
            assertThat(Files.readAllBytes(local.resolve("here/down2"))).isEmpty();
        }
    }

    private static void run(Peer curl, String version, String... what) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-q",
                "-v",
                "--max-time",
                "100",
                "--noproxy",
                "*",
                "-k",
                "--ssl-reqd",
                "--tls-max",
                version,
                "-u",
                TlsFixture.USER + ":" + TlsFixture.PASSWORD));
        arguments.addAll(List.of(what));
        curl.run(arguments.toArray(String[]::new)).succeeded();
    }
}
