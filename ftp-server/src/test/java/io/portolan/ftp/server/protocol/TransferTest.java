package io.portolan.ftp.server.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.QuotaLimits;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.ftp.server.testing.TestReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** RETR, STOR, APPE and STOU with everything that prepares them (RFC 959, 1123, 1639, 2428, 3659, MODE Z's draft). */
class TransferTest extends OneClientTest {

    private final byte[] content = new byte[3_000_000];

    @Override
    protected ServerFixture serve() throws Exception {
        new Random(7).nextBytes(content);
        ServerFixture made = ServerFixture.inMemory(settings -> settings.allowCompression(true));
        made.write("/big", content);
        made.write("/file", "0123456789");
        made.directory("/d");
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        await().untilAsserted(() ->
                assertThat(server.server().passivePortStatistics().leased()).isZero());
    }

    private byte[] over(TestData connection, String command) throws IOException {
        try (TestData data = connection) {
            client.expect(150, command);
            byte[] bytes = data.readAll();
            client.expect(226);
            return bytes;
        }
    }

    @Test
    void movesFilesOverEveryKindOfDataConnection() throws Exception {
        assertThat(over(client.passive(), "RETR big")).isEqualTo(content);
        assertThat(over(client.extendedPassive(), "RETR big")).isEqualTo(content);
        assertThat(over(client.active(), "RETR big")).isEqualTo(content);
        assertThat(over(client.extendedActive(), "RETR big")).isEqualTo(content);
        client.upload("STOR copy", content);
        assertThat(server.read("/copy")).isEqualTo(content);
    }

    @Test
    void lpsvAndLprtAreAnsweredProperly() throws Exception {
        Matcher numbers = Pattern.compile("\\(4,4,127,0,0,1,2,(\\d+),(\\d+)\\)")
                .matcher(client.expect(228, "LPSV").text());
        assertThat(numbers.find()).isTrue();
        int port = Integer.parseInt(numbers.group(1)) << 8 | Integer.parseInt(numbers.group(2));
        assertThat(over(client.connectTo(port), "RETR file")).hasSize(10);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int own = listener.getLocalPort();
            client.expect(200, "LPRT 4,4,127,0,0,1,2," + (own >> 8) + "," + (own & 255));
            client.expect(150, "RETR file");
            assertThat(listener.accept().getInputStream().readAllBytes()).hasSize(10);
            client.expect(226);
        }
        assertThat(client.expect(521, "LPRT 16,4,127,0,0,1,2,8,0").text()).contains("(4, 6)");
        client.expect(501, "LPRT 4,4,127,0,0,1,2,8");
        client.expect(501, "LPRT 4,16,127,0,0,1,2,8,0");
    }

    @Test
    void servesIpv6() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        try (ServerSocket probe = new ServerSocket(0, 1, loopback)) {
            assertThat(probe.getInetAddress()).isInstanceOf(Inet6Address.class);
        } catch (IOException e) {
            Assumptions.abort("this machine has no IPv6");
        }
        try (ServerFixture six = ServerFixture.inMemory(builder -> builder.bind(loopback))) {
            six.write("/file", "0123456789");
            client = six.login();
            assertThat(over(client.extendedPassive(), "RETR file")).hasSize(10);
            assertThat(over(client.extendedActive(), "RETR file")).hasSize(10);
            client.expect(425, "PASV");
            client.expect(504, "PORT 127,0,0,1,8,1");
            client.expect(522, "EPSV 1");
            client.expect(229, "EPSV 2");
            assertThat(client.expect(228, "LPSV").text()).contains("(6,16,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,2,");
        }
    }

    @Test
    void epsvAnswersForItsOwnProtocolOnly() throws Exception {
        client.expect(229, "EPSV 1");
        assertThat(client.expect(522, "EPSV 2").text()).contains("(1)");
        client.expect(522, "EPSV 7");
        client.expect(522, "EPRT |7|127.0.0.1|5000|");
        client.expect(501, "EPRT |1|127.0.0.1|");
        client.expect(501, "PORT 1,2,3");
        client.expect(501, "PORT 127,0,0,1,256,1");
        client.command("ABOR");
    }

    @Test
    void afterEpsvAllNothingElseIsAcceptedForEver() throws Exception {
        client.expect(200, "EPSV ALL");
        client.expect(503, "PASV");
        client.expect(503, "PORT 127,0,0,1,8,1");
        client.expect(503, "EPRT |1|127.0.0.1|5000|");
        client.expect(503, "LPRT 4,4,127,0,0,1,2,8,1");
        client.expect(503, "LPSV");
        client.refused(550, "RETR missing");
        client.expect(503, "PASV");
        assertThat(client.download("RETR file")).hasSize(10);
        client.expect(220, "REIN");
        client.expect(331, "USER " + ServerFixture.USER);
        client.expect(230, "PASS " + ServerFixture.PASSWORD);
        client.expect(503, "PASV");
    }

    @Test
    void neverConnectsAnywhereButToTheClient() throws Exception {
        client.expect(504, "PORT 192,0,2,1,8,1");
        client.expect(504, "PORT 127,0,0,2,8,1");
        client.expect(504, "PORT 127,0,0,1,0,25");
        client.expect(504, "EPRT |1|192.0.2.1|5000|");
        client.expect(504, "LPRT 4,4,192,0,2,1,2,8,1");
        client.expect(425, "RETR file");
    }

    @Test
    void aFileThatIsRefusedGivesItsPortBack() throws Exception {
        client.refused(550, "RETR missing");
        client.refused(550, "RETR d");
        client.refused(550, "STOR d");
        client.refused(550, "STOR no/such/directory");
        client.refused(553, "RETR a\u0001b");
        client.refused(550, "LIST missing");
        client.refused(501, "MLSD file");
        client.expect(425, "RETR file");
        await().untilAsserted(() ->
                assertThat(server.server().passivePortStatistics().leased()).isZero());
    }

    @Test
    void restBeginsInTheMiddleAndIsForgottenAfterwards() throws Exception {
        client.expect(350, "REST 4");
        assertThat(client.download("RETR file")).isEqualTo("456789".getBytes(US_ASCII));
        assertThat(client.download("RETR file")).hasSize(10);
        client.expect(350, "REST 4");
        client.expect(257, "PWD");
        assertThat(client.download("RETR file")).hasSize(10);
        client.expect(350, "REST 10");
        assertThat(client.download("RETR file")).isEmpty();
        client.expect(350, "REST 4");
        client.expect(500, "NONSENSE");
        assertThat(client.download("RETR file")).hasSize(10);
    }

    @Test
    void restTakesUnsignedNumbersOnly() throws Exception {
        client.expect(501, "REST -1");
        client.expect(501, "REST +1");
        client.expect(501, "REST 1.5");
        client.expect(501, "REST x");
        client.expect(501, "REST 9223372036854775808");
        client.expect(350, "REST 9223372036854775807");
        client.expect(350, "REST 0");
    }

    @Test
    void aTransferInTypeACannotBeginInTheMiddle() throws Exception {
        client.expect(200, "TYPE A");
        client.expect(350, "REST 4");
        client.refused(554, "RETR file");
        client.expect(350, "REST 4");
        client.refused(554, "STOR file");
        client.expect(350, "REST 4");
        client.expect(200, "TYPE I");
        assertThat(client.download("RETR file")).hasSize(6);
    }

    @Test
    void restCannotLeaveAHole() throws Exception {
        client.expect(350, "REST 11");
        client.refused(554, "STOR file");
        assertThat(server.text("/file")).isEqualTo("0123456789");
    }

    @Test
    void restBeforeStorReplacesTheTail() throws Exception {
        client.expect(350, "REST 4");
        client.upload("STOR file", "abc");
        assertThat(server.text("/file")).isEqualTo("0123abc");
    }

    @Test
    void appeWritesBehindWhatIsThere() throws Exception {
        client.upload("APPE file", "abc");
        client.upload("APPE fresh", "new");
        assertThat(server.text("/file")).isEqualTo("0123456789abc");
        assertThat(server.text("/fresh")).isEqualTo("new");
    }

    @Test
    void stouChoosesANameAndTellsItInTheFormOfRfc1123() throws Exception {
        String name;
        try (TestData data = client.extendedPassive()) {
            TestReply reply = client.expect(150, "STOU");
            assertThat(reply.text()).matches("FILE: [^ /]+");
            name = reply.text().substring(6);
            data.write("unique".getBytes(US_ASCII));
            data.end();
            client.expect(226);
        }
        assertThat(server.text("/" + name)).isEqualTo("unique");
    }

    @Test
    void storReplaces() throws Exception {
        client.upload("STOR file", "short");
        assertThat(server.text("/file")).isEqualTo("short");
        client.upload("STOR file", "");
        assertThat(server.text("/file")).isEmpty();
    }

    @Test
    void namesMayHaveSpacesAndLeadingDashes() throws Exception {
        client.upload("STOR -la", "dash");
        client.upload("STOR  two  spaces ", "spaces");
        client.upload("STOR grün 💧.txt", "utf-8");
        assertThat(server.text("/-la")).isEqualTo("dash");
        assertThat(server.text("/ two  spaces ")).isEqualTo("spaces");
        assertThat(server.text("/grün 💧.txt")).isEqualTo("utf-8");
        assertThat(client.download("RETR -la")).hasSize(4);
    }

    @Test
    void typeAConvertsLineEndsBothWays() throws Exception {
        server.write("/text", "one\ntwo\r\nthree");
        client.expect(200, "TYPE A");
        assertThat(new String(client.download("RETR text"), US_ASCII)).isEqualTo("one\r\ntwo\r\nthree");
        client.upload("STOR up", "one\r\ntwo\rthree\r\n");
        assertThat(server.text("/up")).isEqualTo("one\ntwo\rthree\n");
    }

    @Test
    void typeTakesWhatIsInUse() throws Exception {
        client.expect(200, "TYPE A");
        client.expect(200, "TYPE a n");
        client.expect(200, "TYPE L 8");
        client.expect(200, "TYPE i");
        client.expect(504, "TYPE E");
        client.expect(504, "TYPE A T");
        client.expect(504, "TYPE L 7");
        client.expect(501, "TYPE X");
        client.expect(501, "TYPE AI");
        client.expect(200, "STRU F");
        client.expect(504, "STRU R");
        client.expect(504, "STRU P");
        client.expect(501, "STRU X");
        client.expect(200, "MODE S");
        client.expect(504, "MODE B");
        client.expect(504, "MODE C");
        client.expect(501, "MODE X");
    }

    private static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflating = new DeflaterOutputStream(out)) {
            deflating.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void modeZCompressesBothWays() throws Exception {
        client.expect(200, "OPTS MODE Z LEVEL 9");
        client.expect(200, "MODE Z");
        byte[] text = "all work and no play\n".repeat(100_000).getBytes(US_ASCII);
        server.write("/text", text);
        byte[] wire = client.download("RETR text");
        assertThat(wire.length).isLessThan(text.length / 20);
        assertThat(new InflaterInputStream(new java.io.ByteArrayInputStream(wire)).readAllBytes())
                .isEqualTo(text);
        assertThat(new InflaterInputStream(new java.io.ByteArrayInputStream(client.download("LIST"))).readAllBytes())
                .startsWith("-rw".getBytes(US_ASCII));
        client.upload("STOR up", deflated(content));
        assertThat(server.read("/up")).isEqualTo(content);
        client.expect(200, "MODE S");
        assertThat(client.download("RETR text")).isEqualTo(text);
    }

    @Test
    void aModeZUploadThatIsCutOffIsNotPublished() throws Exception {
        client.expect(200, "MODE Z");
        byte[] wire = deflated(content);
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "STOR file");
            data.write(Arrays.copyOf(wire, wire.length - 5));
            data.end();
            client.expect(426);
        }
        assertThat(server.text("/file")).isEqualTo("0123456789");
    }

    @Test
    void aModeZUploadThatIsNoZlibIsRefused() throws Exception {
        client.expect(200, "MODE Z");
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "STOR file");
            data.write("this was never compressed".getBytes(US_ASCII));
            client.expect(426);
        }
        assertThat(server.text("/file")).isEqualTo("0123456789");
    }

    @Test
    void aQuotaIsOfWhatACompressedUploadBecomes() throws Exception {
        try (ServerFixture small = ServerFixture.serving(
                FileSystems.quota(InMemoryFileSystem.create(), QuotaLimits.ofBytes(100_000)),
                settings -> settings.allowCompression(true))) {
            FtpTestClient uploading = small.login();
            uploading.expect(200, "MODE Z");
            byte[] wire = deflated("little ".repeat(30_000).getBytes(US_ASCII));
            assertThat(wire).hasSizeLessThan(10_000);
            try (TestData data = uploading.extendedPassive()) {
                uploading.expect(150, "STOR file");
                data.write(wire);
                data.end();
                uploading.expect(552);
            }
            assertThat(small.exists("/file")).isFalse();
        }
    }

    @Test
    void aCompressionBombIsCutOff() throws Exception {
        client.expect(200, "MODE Z");
        Deflater deflater = new Deflater(9);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        byte[] out = new byte[1 << 16];
        for (int i = 0; i < 200; i++) {
            deflater.setInput(zeros);
            while (!deflater.needsInput()) {
                wire.write(out, 0, deflater.deflate(out));
            }
        }
        deflater.end();
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "STOR bomb");
            try {
                data.write(wire.toByteArray());
            } catch (IOException cutOff) {
                // as it should be
            }
            client.expect(426);
        }
        assertThat(server.exists("/bomb")).isFalse();
    }
}
