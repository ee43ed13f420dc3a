package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HASH, RANG and the older X commands. */
class HashTest extends OneClientTest {

    /** Several slices. */
    private static final int LENGTH = 20_000_000;

    private final byte[] content = new byte[LENGTH];

    @Override
    protected ServerFixture serve() throws Exception {
        new Random(1).nextBytes(content);
        ServerFixture made = ServerFixture.inMemory();
        made.write("/big", content);
        made.write("/empty", "");
        made.write("/a 1 2", "named like a range");
        made.write("/a", "0123456789");
        return made;
    }

    private static String hash(String algorithm, byte[] bytes) throws Exception {
        if (algorithm.equals("CRC32")) {
            CRC32 crc = new CRC32();
            crc.update(bytes);
            return String.format("%08x", crc.getValue());
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }

    @ParameterizedTest
    @CsvSource({"SHA-256", "SHA-512", "SHA-1", "MD5", "CRC32"})
    void hashIsThatOfTheWholeFile(String algorithm) throws Exception {
        client.expect(200, "OPTS HASH " + algorithm);
        assertThat(client.expect(213, "HASH big").text())
                .isEqualTo(algorithm + " 0-" + (LENGTH - 1) + " " + hash(algorithm, content) + " /big");
    }

    @ParameterizedTest
    @CsvSource({"XCRC,CRC32", "XMD5,MD5", "XSHA,SHA-1", "XSHA1,SHA-1", "XSHA256,SHA-256", "XSHA512,SHA-512"})
    void theOldCommandsHaveOneAlgorithmEach(String verb, String algorithm) throws Exception {
        assertThat(client.expect(250, verb + " big").text()).isEqualToIgnoringCase(hash(algorithm, content));
        assertThat(client.expect(250, verb + " \"big\" 10 1000").text())
                .isEqualToIgnoringCase(hash(algorithm, Arrays.copyOfRange(content, 10, 1000)));
        client.expect(550, verb + " missing");
    }

    @Test
    void aPathThatEndsInNumbersIsAskedForFirst() throws Exception {
        byte[] named = "named like a range".getBytes(StandardCharsets.UTF_8);
        byte[] digits = "0123456789".getBytes(StandardCharsets.UTF_8);
        assertThat(client.expect(250, "XMD5 a 1 2").text()).isEqualToIgnoringCase(hash("MD5", named));
        assertThat(client.expect(250, "XMD5 a 1 3").text())
                .isEqualToIgnoringCase(hash("MD5", Arrays.copyOfRange(digits, 1, 3)));
        assertThat(client.expect(250, "XMD5 a 4").text())
                .isEqualToIgnoringCase(hash("MD5", Arrays.copyOfRange(digits, 4, 10)));
        assertThat(client.expect(250, "XMD5 \"a\" 5 5").text()).isEqualToIgnoringCase(hash("MD5", new byte[0]));
        client.expect(501, "XMD5 a 3 1");
        client.expect(501, "XMD5 \"a\" 0 99999999999999999999");
        client.expect(501, "XMD5 \"a\" 1 2 3");
    }

    @Test
    void rangChoosesThePartOnceOnly() throws Exception {
        client.expect(350, "RANG 10 19");
        assertThat(client.expect(213, "HASH big").text())
                .isEqualTo("SHA-256 10-19 " + hash("SHA-256", Arrays.copyOfRange(content, 10, 20)) + " /big");
        assertThat(client.expect(213, "HASH a").text()).startsWith("SHA-256 0-9 ");
    }

    @Test
    void anEmptyFileHasAHash() throws Exception {
        assertThat(client.expect(213, "HASH empty").text())
                .isEqualTo("SHA-256 0-0 " + hash("SHA-256", new byte[0]) + " /empty");
    }

    @Test
    void aDirectoryHasNone() throws Exception {
        client.expect(550, "HASH /");
        client.expect(550, "HASH missing");
        client.expect(550, "XCRC /");
    }

    @Test
    void rangTakesTwoNumbersInOrder() throws Exception {
        client.expect(501, "RANG 5");
        client.expect(501, "RANG 5 4");
        client.expect(501, "RANG -1 5");
        client.expect(501, "RANG 0 99999999999999999999");
        client.expect(350, "RANG 0 9223372036854775807");
        client.expect(350, "RANG 1 0");
        assertThat(client.download("RETR a")).hasSize(10);
    }

    @Test
    void rangBoundsADownload() throws Exception {
        client.expect(350, "RANG 2 4");
        assertThat(client.download("RETR a")).isEqualTo("234".getBytes(StandardCharsets.UTF_8));
        assertThat(client.download("RETR a")).hasSize(10);
        client.expect(350, "RANG 8 100");
        assertThat(client.download("RETR a")).isEqualTo("89".getBytes(StandardCharsets.UTF_8));
        client.expect(350, "RANG 1000000 15999999");
        assertThat(client.download("RETR big")).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 16_000_000));
        client.expect(350, "RANG 0 5");
        client.refused(503, "STOR a");
    }
}
