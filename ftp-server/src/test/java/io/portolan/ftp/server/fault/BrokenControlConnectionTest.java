package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control connections that end or are reset where it is least convenient. */
class BrokenControlConnectionTest {

    private static final int ROUNDS = 20;
    private static final int MANY_ENTRIES = 100_000;

    private ServerFixture server;
    private Leftovers leftovers;

    @BeforeEach
    void start() throws Exception {
        server = ServerFixture.serving(
                InMemoryFileSystem.builder().maxEntries(MANY_ENTRIES + 10).build());
        server.write("/file", "old");
        server.write("/big", new byte[16 << 20]);
        server.login().close();
        leftovers = Leftovers.before(server);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        leftovers.expectNone();
        assertThat(server.text("/file")).isEqualTo("old");
        assertThat(server.login().download("RETR file")).asString().isEqualTo("old");
        server.close();
    }

    private static void end(FtpTestClient client, boolean reset) throws IOException {
        if (reset) {
            client.control().setSoLinger(true, 0);
        }
        client.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "USER",
                "USER alice\r",
                "USER alice\r\n",
                "USER alice\r\nPASS open",
                "\u00ff\u00f4\u00ff",
                "EPSV\r\nRETR fi"
            })
    void inTheMiddleOfALogin(String said) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FtpTestClient client = server.connect();
            client.sendRaw(said.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            end(client, i % 2 == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EPSV\r\n",
                "EPSV\r\nEPSV\r\nPASV\r\n",
                "EPSV\r\nRETR big\r\n",
                "EPSV\r\nSTOR file\r\n",
                "PASV\r\nLIST\r\nABOR\r\n",
                "NOOP\r\nNO"
            })
    void behindCommandsWhoseRepliesNobodyReads(String said) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FtpTestClient client = server.login();
            client.sendRaw(said);
            end(client, i % 2 == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void duringADownload(boolean reset) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "RETR big");
                assertThat(data.read(10)).hasSize(10);
                end(client, reset);
                readToTheEnd(data);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void duringAnUpload(boolean reset) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR file");
                data.write(new byte[100_000]);
                end(client, reset);
                // what is behind the end of the control connection makes no file
                data.end();
                readToTheEnd(data);
            } catch (SocketException e) {
                // the server was faster
            }
        }
    }

    @Test
    void duringAListingOfManyEntries() throws Exception {
        server.directory("/many");
        for (int i = 0; i < MANY_ENTRIES; i++) {
            server.directory("/many/entry " + i);
        }
        for (int i = 0; i < ROUNDS; i++) {
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "LIST many");
                assertThat(data.read(100)).hasSize(100);
                end(client, i % 2 == 0);
                readToTheEnd(data);
            }
        }
    }

    /** The server ends the data connection of a session that is gone. */
    private static void readToTheEnd(TestData data) throws IOException {
        try {
            data.readAll();
        } catch (SocketException e) {
            // by a reset
        }
    }
}
