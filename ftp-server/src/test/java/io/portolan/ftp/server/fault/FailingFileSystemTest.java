package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystemFactory;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.ftp.server.testing.TestReply;
import io.portolan.testing.FaultyFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file system that throws where it may, and where it may not. */
class FailingFileSystemTest extends OneClientTest {

    /** What is thrown: what the SPI allows, a mistake of its author, and something that breaks more than it. */
    private static final Map<String, Function<String, Throwable>> THROWN = Map.of(
            "IOException", IOException::new,
            "IllegalStateException", IllegalStateException::new,
            "AssertionError", AssertionError::new,
            "StackOverflowError", StackOverflowError::new);

    /** An operation, and a command that comes to need it. */
    private static final List<List<String>> OPERATIONS = List.of(
            List.of("VirtualFileSystem.stat", "CWD dir"),
            List.of("VirtualFileSystem.stat", "SIZE file"),
            List.of("VirtualFileSystem.stat", "MDTM file"),
            List.of("VirtualFileSystem.stat", "MLST file"),
            List.of("VirtualFileSystem.list", "LIST dir"),
            List.of("VirtualFileSystem.list", "NLST dir"),
            List.of("VirtualFileSystem.list", "MLSD dir"),
            List.of("EntryStream.nextParts", "LIST dir"),
            List.of("EntryStream.nextParts", "MLSD dir"),
            List.of("VirtualFileSystem.openRead", "RETR file"),
            List.of("ReadableFile.read", "RETR file"),
            List.of("VirtualFileSystem.openWrite", "STOR new"),
            List.of("VirtualFileSystem.openWrite", "STOU"),
            List.of("WritableFile.write", "STOR new"),
            List.of("WritableFile.commit", "STOR file"),
            List.of("VirtualFileSystem.capability", "APPE file"),
            List.of("AppendSupport.openAppend", "APPE file"),
            List.of("VirtualFileSystem.createDirectory", "MKD made"),
            List.of("VirtualFileSystem.delete", "DELE file"),
            List.of("VirtualFileSystem.deleteDirectory", "RMD empty"));

    private final FaultyFiles faulty = new FaultyFiles(InMemoryFileSystem.create());

    @Override
    protected ServerFixture serve() throws Exception {
        ServerFixture made = ServerFixture.serving(faulty.files());
        made.directory("/dir");
        made.directory("/empty");
        made.write("/dir/inner", "inner");
        made.write("/file", "old");
        return made;
    }

    @AfterEach
    void stop() throws Exception {
        faulty.heal();
    }

    static List<Arguments> faults() {
        List<Arguments> all = new ArrayList<>();
        for (List<String> operation : OPERATIONS) {
            THROWN.keySet().stream()
                    .sorted()
                    .forEach(thrown -> all.add(Arguments.of(operation.get(1), operation.get(0), thrown)));
        }
        return all;
    }

    @ParameterizedTest(name = "{0}, when {1} throws {2}")
    @MethodSource("faults")
    void aCommandIsRefusedAndTheSessionLivesOn(String command, String operation, String thrown) throws Exception {
        faulty.make(operation, () -> {
            throw THROWN.get(thrown).apply("a fault made for this test");
        });
        TestReply reply = run(command);
        assertThat(reply.code()).as(reply.all()).isBetween(400, 599);
        assertThat(reply.all()).doesNotContain("made for this test");
        client.expect(200, "NOOP");

        faulty.heal();
        assertThat(server.text("/file")).isEqualTo("old");
        assertThat(server.exists("/new")).isFalse();
        assertThat(client.list("NLST")).contains("file");
        client.upload("STOR later", "whole");
        assertThat(client.download("RETR later")).asString().isEqualTo("whole");
        assertThat(server.server().passivePortStatistics().leased()).isZero();
    }

    /** Runs a command, with a data connection if it wants one, and gives its last reply. */
    private TestReply run(String command) throws Exception {
        boolean transfers =
                List.of("LIST", "NLST", "MLSD", "RETR", "STOR", "STOU", "APPE").contains(command.split(" ")[0]);
        if (!transfers) {
            return client.command(command);
        }
        try (TestData data = client.extendedPassive()) {
            TestReply reply = client.command(command);
            if (reply.code() != 150) {
                return reply;
            }
            if (command.startsWith("ST") || command.startsWith("AP")) {
                data.write(new byte[1000]);
                data.end();
            } else {
                data.readAll();
            }
            return client.reply();
        }
    }

    @Test
    void aRenameIsRefused() throws Exception {
        faulty.make("VirtualFileSystem.rename", () -> {
            throw new IOException("a fault made for this test");
        });
        client.expect(350, "RNFR file");
        assertThat(client.command("RNTO other").code()).isBetween(400, 599);
        faulty.heal();
        assertThat(server.text("/file")).isEqualTo("old");
    }

    @Test
    void aTransferThatWasGoodStaysGoodWhenTheFileCannotBeClosed() throws Exception {
        faulty.make("ReadableFile.close", () -> {
            throw new IOException("a fault made for this test");
        });
        assertThat(client.download("RETR file")).asString().isEqualTo("old");
        faulty.make("WritableFile.close", () -> {
            throw new IllegalStateException("a fault made for this test");
        });
        client.upload("STOR file", "new");
        faulty.heal();
        assertThat(server.text("/file")).isEqualTo("new");
        client.expect(200, "NOOP");
    }

    @Test
    void nobodyIsLetInWhenTheFilesCannotBeOpened() throws Exception {
        FileSystemFactory broken = (identity, session) -> {
            throw new IllegalStateException("a fault made for this test");
        };
        try (ServerFixture failing = ServerFixture.inMemory(settings -> settings.files(broken))) {
            FtpTestClient user = failing.connect();
            user.expect(220);
            user.expect(331, "USER " + ServerFixture.USER);
            TestReply reply = user.command("PASS " + ServerFixture.PASSWORD);
            assertThat(reply.code()).isIn(421, 451, 530);
            assertThat(reply.all()).doesNotContain("made for this test");
        }
    }

    @Test
    void aSessionEndsWhenItsFileSystemCannotBeClosed() throws Exception {
        faulty.make("VirtualFileSystem.close", () -> {
            throw new IOException("a fault made for this test");
        });
        Leftovers leftovers = Leftovers.before(server);
        client.expect(221, "QUIT");
        client.expectClosed();
        leftovers.expectNone();
    }
}
