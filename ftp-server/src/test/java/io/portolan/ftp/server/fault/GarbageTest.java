package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.guard.ConnectionLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Peers that send anything: the server survives, tells the operators nothing that they could do something about, and serves the next one. */
class GarbageTest {

    private static final int SESSIONS = 1_000;

    /** The same in each run; what fails can be run again. */
    private static final long SEED = 20_260_101;

    private static final List<String> PIECES = List.of(
            "USER alice\r\n",
            "PASS open sesame\r\n",
            "EPSV\r\n",
            "PASV\r\n",
            "RETR file\r\n",
            "STOR x\r\n",
            "LIST\r\n",
            "ABOR\r\n",
            "REST 99999999999999999999\r\n",
            "PORT 1,2,3,4,5,6\r\n",
            "EPRT |2|::|0|\r\n",
            "TYPE ",
            "MODE Z\r\n",
            "OPTS UTF8 ",
            "CWD ../../..\r\n",
            "MLST \0\r\n",
            "RNFR file\r\nRNTO ",
            "SITE ",
            "FEAT\r\n",
            "HELP\r\n",
            "STAT -R *\r\n",
            "\r\n",
            "\n",
            "\r\0",
            "\u00ff\u00f4",
            "\u00ff\u00fb\u0001",
            "\u00ff\u00ff",
            "REIN\r\n",
            "HOST \r\n",
            "AUTH TLS\r\n",
            "PBSZ -1\r\n",
            "ALLO x\r\n",
            "SIZE /\r\n",
            "MDTM 99999999999999 file\r\n",
            "HASH x\r\n",
            "RANG 5 1\r\n",
            "NLST [[[\r\n",
            "LIST -alRtr *?*\r\n",
            "QUIT",
            "\u00c3(\r\n");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private ServerFixture server;
    private Leftovers leftovers;

    @BeforeEach
    void start() throws Exception {
        log.start();
        logger().addAppender(log);
        server = ServerFixture.inMemory(settings -> settings.allowCompression(true)
                .limits(ConnectionLimits.builder().perAddress(10_000).build()));
        server.write("/file", "content");
        // one that no piece names: the other may have been renamed, if its session got that far
        server.write("/untouched", "content");
        leftovers = Leftovers.before(server);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @AfterEach
    void stop() throws Exception {
        leftovers.expectNone();
        assertThat(server.login().download("RETR untouched")).asString().isEqualTo("content");
        server.close();
        logger().detachAppender(log);
        assertThat(log.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @Test
    void anyOctets() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < SESSIONS; i++) {
            byte[] octets = new byte[1 << random.nextInt(15)];
            random.nextBytes(octets);
            send(octets, random);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void piecesOfCommandsInAnyOrder(boolean loggedIn) throws Exception {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < SESSIONS / 2; i++) {
            StringBuilder text = new StringBuilder(loggedIn ? "USER alice\r\nPASS open sesame\r\n" : "");
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
                if (random.nextInt(20) == 0) {
                    text.append((char) random.nextInt(256));
                }
            }
            send(text.toString().getBytes(StandardCharsets.ISO_8859_1), random);
        }
    }

    private void send(byte[] octets, Random random) throws IOException {
        try (FtpTestClient client = FtpTestClient.connect(server.address())) {
            client.control().setSoLinger(random.nextInt(4) == 0, 0);
            client.sendRaw(octets);
            if (random.nextBoolean()) {
                client.control().shutdownOutput();
                client.control().getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            // thrown out
        }
    }
}
