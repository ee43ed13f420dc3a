package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache commons-net, in this process. */
class CommonsNetTest extends ServerPeerTest {

    private FTPClient client;

    @BeforeEach
    void make() {
        client = newClient();
    }

    private static FTPClient newClient() {
        FTPClient made = new FTPClient();
        made.setControlEncoding("UTF-8");
        made.setDefaultTimeout(Patience.MILLIS);
        made.setConnectTimeout(Patience.MILLIS);
        made.setDataTimeout(Patience.LONG_ENOUGH);
        return made;
    }

    @AfterEach
    void disconnect() throws Exception {
        if (client.isConnected()) {
            client.disconnect();
        }
    }

    private void login(Storage storage) throws Exception {
        serve(storage);
        login();
    }

    private void login() throws Exception {
        client.connect(server.address().getAddress(), server.address().getPort());
        assertThat(client.login(USER, PASSWORD)).isTrue();
        assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
        client.enterLocalPassiveMode();
    }

    private void store(String name, byte[] bytes) throws Exception {
        assertThat(client.storeFile(name, new ByteArrayInputStream(bytes)))
                .as(client.getReplyString())
                .isTrue();
    }

    private byte[] retrieve(String name) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(client.retrieveFile(name, out)).as(client.getReplyString()).isTrue();
        return out.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesAFileBothWays(Storage storage) throws Exception {
        login(storage);
        byte[] bytes = Payload.bytes(1_000_003);
        store("file", bytes);
        assertThat(server.read("/file")).isEqualTo(bytes);
        assertThat(retrieve("file")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASV", "EPSV", "PORT"})
    void movesAFileByEveryKindOfDataConnection(String kind) throws Exception {
        login(Storage.MEMORY);
        client.setUseEPSVwithIPv4(kind.equals("EPSV"));
        if (kind.equals("PORT")) {
            client.enterLocalActiveMode();
        }
        byte[] bytes = Payload.bytes(100_000);
        store("file", bytes);
        assertThat(retrieve("file")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void movesAFileOverIpv6(boolean active) throws Exception {
        serveOnIpv6(Storage.MEMORY);
        login();
        if (active) {
            client.enterLocalActiveMode();
        }
        byte[] bytes = Payload.bytes(100_000);
        store("file", bytes);
        assertThat(retrieve("file")).isEqualTo(bytes);
    }

    @Test
    void movesABigFileBothWays() throws Exception {
        login(Storage.DISK);
        String hash = Payload.hash(Payload.file(local.resolve("up"), BIG));
        try (InputStream in = Files.newInputStream(local.resolve("up"))) {
            assertThat(client.storeFile("big", in)).isTrue();
        }
        assertThat(Payload.hash(stored.resolve("big"))).isEqualTo(hash);
        try (OutputStream out = Files.newOutputStream(local.resolve("down"))) {
            assertThat(client.retrieveFile("big", out)).isTrue();
        }
        assertThat(Payload.hash(local.resolve("down"))).isEqualTo(hash);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void movesAnEmptyFile(Storage storage) throws Exception {
        login(storage);
        store("empty", new byte[0]);
        assertThat(server.read("/empty")).isEmpty();
        assertThat(retrieve("empty")).isEmpty();
    }

    @Test
    void movesManySmallFilesOverOneConnection() throws Exception {
        login(Storage.MEMORY);
        for (int i = 0; i < 200; i++) {
            store("f" + i, new byte[] {(byte) i});
        }
        for (int i = 0; i < 200; i++) {
            assertThat(retrieve("f" + i)).containsExactly((byte) i);
        }
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void takesNamesAsTheyAre(Storage storage) throws Exception {
        login(storage);
        for (String name : AWKWARD_NAMES) {
            store(name, name.getBytes(StandardCharsets.UTF_8));
            assertThat(retrieve(name)).asString(StandardCharsets.UTF_8).isEqualTo(name);
        }
        assertThat(client.listNames()).containsExactlyInAnyOrderElementsOf(AWKWARD_NAMES);
        assertThat(client.listFiles()).extracting(FTPFile::getName).containsExactlyInAnyOrderElementsOf(AWKWARD_NAMES);
        assertThat(client.mlistDir()).extracting(FTPFile::getName).containsAll(AWKWARD_NAMES);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void listsInEveryForm(Storage storage) throws Exception {
        login(storage);
        server.directory("/dir");
        server.directory("/dir/below");
        server.write("/dir/file", "12345");
        assertThat(client.listNames("dir")).allSatisfy(name -> assertThat(name).matches("(dir/)?(below|file)"));
        assertThat(client.listFiles("dir")).hasSize(2);
        assertThat(client.listDirectories("dir"))
                .singleElement()
                .satisfies(directory -> assertThat(directory.getName()).isEqualTo("below"));
        assertThat(client.listFiles("dir", FTPFile::isFile))
                .singleElement()
                .satisfies(file -> assertThat(file.getSize()).isEqualTo(5));
        assertThat(client.mlistDir("dir", FTPFile::isFile))
                .singleElement()
                .satisfies(file -> assertThat(file.getSize()).isEqualTo(5));
        FTPFile single = client.mlistFile("dir/file");
        assertThat(single.getSize()).isEqualTo(5);
        assertThat(single.isFile()).isTrue();
        server.directory("/none");
        assertThat(client.listFiles("none")).isEmpty();
        assertThat(client.listNames("none")).isEmpty();
    }

    @Test
    void listsManyEntries() throws Exception {
        login(Storage.MEMORY);
        server.directory("/many");
        for (int i = 0; i < 3_000; i++) {
            server.write("/many/file " + i, "x");
        }
        assertThat(client.mlistDir("/many", FTPFile::isFile)).hasSize(3_000);
        assertThat(client.listFiles("/many")).hasSize(3_000).allMatch(FTPFile::isFile);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void goesOnWhereATransferBroke(Storage storage) throws Exception {
        login(storage);
        byte[] bytes = Payload.bytes(100_000);
        server.write("/file", bytes);
        client.setRestartOffset(60_000);
        assertThat(retrieve("file")).isEqualTo(Arrays.copyOfRange(bytes, 60_000, 100_000));
        server.write("/half", Arrays.copyOf(bytes, 60_000));
        client.setRestartOffset(60_000);
        store("half", Arrays.copyOfRange(bytes, 60_000, 100_000));
        assertThat(server.read("/half")).isEqualTo(bytes);
        assertThat(client.appendFile("half", new ByteArrayInputStream(new byte[] {1, 2, 3})))
                .isTrue();
        assertThat(server.read("/half")).hasSize(100_003).endsWith(1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    void makesRenamesAndDeletes(Storage storage) throws Exception {
        login(storage);
        assertThat(client.makeDirectory("dir")).isTrue();
        assertThat(client.changeWorkingDirectory("dir")).isTrue();
        assertThat(client.printWorkingDirectory()).isEqualTo("/dir");
        store("old", new byte[] {1});
        assertThat(client.rename("old", "new")).isTrue();
        assertThat(client.rename("nothing", "other")).isFalse();
        assertThat(server.read("/dir/new")).containsExactly(1);
        assertThat(client.changeToParentDirectory()).isTrue();
        assertThat(client.removeDirectory("dir")).isFalse();
        assertThat(client.deleteFile("dir/new")).isTrue();
        assertThat(client.removeDirectory("dir")).isTrue();
        assertThat(server.exists("/dir")).isFalse();
    }

    @Test
    void learnsAndSetsTimesAndSizes() throws Exception {
        login(Storage.DISK);
        store("file", new byte[] {1, 2, 3});
        assertThat(client.getSize("file")).isEqualTo("3");
        assertThat(client.setModificationTime("file", "20210203040506"))
                .as(client.getReplyString())
                .isTrue();
        assertThat(client.getModificationTime("file")).contains("20210203040506");
        assertThat(client.mdtmFile("file").getTimestamp().getTimeInMillis())
                .isEqualTo(java.time.Instant.parse("2021-02-03T04:05:06Z").toEpochMilli());
        assertThat(client.hasFeature("MLST")).isTrue();
        assertThat(client.hasFeature("UTF8")).isTrue();
        assertThat(client.getSystemType()).startsWith("UNIX");
        assertThat(client.getStatus()).isNotEmpty();
        assertThat(client.sendNoOp()).isTrue();
        assertThat(client.allocate(100)).isTrue();
    }

    @Test
    void movesTextsWithTheLineEndsOfTheNetwork() throws Exception {
        login(Storage.MEMORY);
        server.write("/text", "one\ntwo\n");
        client.setFileType(FTP.ASCII_FILE_TYPE);
        assertThat(retrieve("text"))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("one" + System.lineSeparator() + "two" + System.lineSeparator());
        store("other", "three\nfour\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(server.text("/other")).isEqualTo("three\nfour\n");
    }

    @Test
    void abortsADownloadAndGoesOn() throws Exception {
        login(Storage.DISK);
        Payload.file(stored.resolve("big"), BIG);
        server.write("/small", "small");
        InputStream in = client.retrieveFileStream("big");
        assertThat(in.read()).isNotNegative();
        client.abort();
        in.close();
        // 426 and 226, in which of the two calls they are read is the client's affair
        assertThat(client.getReplyCode()).isIn(226, 426);
        if (client.getReplyCode() == 426) {
            assertThat(client.getReply()).isEqualTo(226);
        }
        assertThat(retrieve("small")).asString(StandardCharsets.US_ASCII).isEqualTo("small");
    }

    @Test
    void abortsAnUploadAndTheOldFileStays() throws Exception {
        login(Storage.DISK);
        server.write("/file", "old");
        OutputStream out = client.storeFileStream("file");
        out.write(Payload.bytes(500_000));
        out.flush();
        client.abort();
        out.close();
        assertThat(client.getReplyCode()).isIn(226, 426);
        if (client.getReplyCode() == 426) {
            assertThat(client.getReply()).isEqualTo(226);
        }
        assertThat(retrieve("file")).asString(StandardCharsets.US_ASCII).isEqualTo("old");
    }

    @Test
    void endsADownloadEarlyAndGoesOn() throws Exception {
        login(Storage.DISK);
        Payload.file(stored.resolve("big"), BIG);
        InputStream in = client.retrieveFileStream("big");
        assertThat(in.read()).isNotNegative();
        in.close();
        assertThat(client.completePendingCommand()).isFalse();
        assertThat(client.getReplyCode()).isEqualTo(426);
        assertThat(client.sendNoOp()).isTrue();
    }

    @Test
    void leavesTheNameToTheServer() throws Exception {
        login(Storage.DISK);
        assertThat(client.storeUniqueFile(new ByteArrayInputStream(new byte[] {7})))
                .isTrue();
        assertThat(client.listNames())
                .singleElement()
                .satisfies(name -> assertThat(retrieve(name)).containsExactly(7));
    }

    @Test
    void isRefusedATransferBetweenTwoServers() throws Exception {
        login(Storage.MEMORY);
        assertThat(client.remoteRetrieve("file")).isFalse();
        assertThat(client.enterRemoteActiveMode(InetAddress.getByName("192.0.2.1"), 40_000))
                .isFalse();
        assertThat(client.getReplyCode()).isEqualTo(504);
        assertThat(client.enterRemoteActiveMode(server.address().getAddress(), 22))
                .isFalse();
        assertThat(client.getReplyCode()).isEqualTo(504);
        assertThat(client.enterRemotePassiveMode()).isTrue();
    }
}
