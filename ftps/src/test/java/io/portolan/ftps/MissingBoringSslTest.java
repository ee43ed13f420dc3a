package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers do on a system that BoringSSL is not there for: in a JVM of its own, in which Netty is told so. */
class MissingBoringSslTest {

    @TempDir
    Path folder;

    @Test
    void theJdkTakesItsPlaceUnlessItIsAskedForByName() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dio.netty.handler.ssl.noOpenSsl=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Application.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(2L * Patience.MILLIS, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(said)
                .contains("AUTO: stored and fetched")
                .contains("BORINGSSL: engine: BoringSSL is not there for this system");
    }

    /** The other JVM's. */
    static final class Application {
        private Application() {}

        public static void main(String[] arguments) throws Exception {
            say("AUTO", TlsEngine.AUTO);
            say("BORINGSSL", TlsEngine.BORINGSSL);
        }

        private static void say(String name, TlsEngine engine) throws IOException {
            ServerTls tls = ServerTls.builder()
                    .keys(TlsKeys.selfSigned())
                    .engine(engine)
                    .build();
            try (TlsFixture server = TlsFixture.serving(tls);
                    TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
                client.login();
                client.upload("STOR file", new byte[] {1, 2, 3});
                int length = client.download("RETR file").length;
                System.out.println(name + (length == 3 ? ": stored and fetched" : ": " + length + " octets"));
            } catch (IOException | RuntimeException e) {
                Throwable cause = e;
                while (cause.getCause() != null
                        && cause.getMessage() != null
                        && !cause.getMessage().startsWith("engine:")) {
                    cause = cause.getCause();
                }
                System.out.println(name + ": " + cause.getMessage());
            }
        }
    }
}
