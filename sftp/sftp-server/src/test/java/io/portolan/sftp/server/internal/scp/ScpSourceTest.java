package io.portolan.sftp.server.internal.scp;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies from the server, octet by octet. */
class ScpSourceTest {

    private static final String OK = "\0";

    private final VirtualFileSystem files = InMemoryFileSystem.create();

    @BeforeEach
    void home() throws IOException {
        files.createDirectory(VirtualPath.of("/home"));
    }

    private void write(String path, byte[] content) throws IOException {
        VirtualPath at = VirtualPath.of(path);
        try (WritableFile file = files.openWrite(at, WriteMode.REPLACE)) {
            file.write(ByteBuffer.wrap(content));
            file.commit();
        }
        files.capability(AttributeChanges.class)
                .orElseThrow()
                .change(
                        at,
                        AttributeChange.nothing()
                                .withPermissionBits(0640)
                                .withModified(Instant.ofEpochSecond(1_000))
                                .withAccessed(Instant.ofEpochSecond(2_000)),
                        LinkHandling.FOLLOW);
    }

    private void write(String path, String content) throws IOException {
        write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private CopyDriver driver(String command) {
        return new CopyDriver(command, files);
    }

    @Test
    void aFileIsAnnouncedSentAndVouchedFor() throws Exception {
        write("/home/a.txt", "hello");
        CopyDriver driver = driver("scp -f a.txt");
        assertThat(driver.send("")).isEmpty();
        assertThat(driver.send(OK)).isEqualTo("C0640 5 a.txt\n");
        assertThat(driver.send(OK)).isEqualTo("hello\0");
        assertThat(driver.copy.isEnded()).isFalse();
        assertThat(driver.send(OK)).isEmpty();
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isZero();
    }

    @Test
    void timesGoBeforeIt() throws Exception {
        write("/home/a", "");
        CopyDriver driver = driver("scp -p -f a");
        assertThat(driver.send(OK)).isEqualTo("T1000 0 2000 0\n");
        assertThat(driver.send(OK)).isEqualTo("C0640 0 a\n");
        assertThat(driver.send(OK)).isEqualTo("\0");
    }

    @Test
    void aLargeFileIsSentWhole() throws Exception {
        byte[] content = new byte[1 << 20];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >> 3);
        }
        write("/home/big", content);
        CopyDriver driver = driver("scp -f big");
        driver.send(OK);
        String sent = driver.send(OK);
        assertThat(sent).isEqualTo(new String(content, StandardCharsets.ISO_8859_1) + "\0");
    }

    @Test
    void aDirectoryIsWalked() throws Exception {
        files.createDirectory(VirtualPath.of("/home/d"));
        files.createDirectory(VirtualPath.of("/home/d/e"));
        write("/home/d/e/x", "1");
        CopyDriver driver = driver("scp -r -f d");
        assertThat(driver.send(OK)).matches("D07\\d\\d 0 d\n");
        assertThat(driver.send(OK)).matches("D07\\d\\d 0 e\n");
        assertThat(driver.send(OK)).isEqualTo("C0640 1 x\n");
        assertThat(driver.send(OK)).isEqualTo("1\0");
        assertThat(driver.send(OK)).isEqualTo("E\n");
        assertThat(driver.send(OK)).isEqualTo("E\n");
        assertThat(driver.send(OK)).isEmpty();
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isZero();
    }

    @Test
    void aDirectoryOfMoreThanABatchIsSentWhole() throws Exception {
        files.createDirectory(VirtualPath.of("/home/d"));
        for (int i = 0; i < 500; i++) {
            write("/home/d/" + i, "");
        }
        CopyDriver driver = driver("scp -r -f d");
        driver.send(OK);
        StringBuilder all = new StringBuilder();
        while (!driver.copy.isEnded()) {
            all.append(driver.send(OK));
        }
        assertThat(all.toString().lines().filter(line -> line.contains("C0640 0 ")))
                .hasSize(500);
        assertThat(all).endsWith("E\n");
    }

    @Test
    void aDirectoryWithoutRecursionIsRefused() throws Exception {
        CopyDriver driver = driver("scp -f /home");
        assertThat(driver.send(OK)).isEqualTo("\1scp: home: not a regular file\n");
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void whatIsNotThereIsToldWithoutTheStoresPath() throws Exception {
        CopyDriver driver = driver("scp -f /home/../nothing");
        assertThat(driver.send(OK)).isEqualTo("\1scp: nothing: No such file or directory\n");
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void theRootHasNoName() throws Exception {
        assertThat(driver("scp -r -f /").send(OK)).isEqualTo("\2scp: the root itself cannot be copied\n");
        assertThat(driver("scp -r -f ../../..").send(OK)).isEqualTo("\2scp: the root itself cannot be copied\n");
    }

    @Test
    void aFileThatTheClientDoesNotTakeIsSkipped() throws Exception {
        files.createDirectory(VirtualPath.of("/home/d"));
        write("/home/d/a", "1");
        write("/home/d/b", "2");
        CopyDriver driver = driver("scp -r -f d");
        driver.send(OK);
        String first = driver.send(OK);
        String second = driver.send("\1scp: no room\n");
        assertThat(List.of(first, second)).containsExactlyInAnyOrder("C0640 1 a\n", "C0640 1 b\n");
        assertThat(driver.send(OK)).matches("[12]\0");
        assertThat(driver.send(OK)).isEqualTo("E\n");
        driver.send(OK);
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void aClientThatGivesUpEndsIt() throws Exception {
        write("/home/a", "1");
        CopyDriver driver = driver("scp -f a");
        driver.send(OK);
        assertThat(driver.send("\2scp: killed\n")).isEmpty();
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void anAnswerThatIsNoneEndsIt() throws Exception {
        CopyDriver driver = driver("scp -f a");
        assertThat(driver.send("C")).isEqualTo("\2scp: protocol error: unexpected answer\n");
        assertThat(driver.copy.isEnded()).isTrue();
    }

    @Test
    void aFileThatBecomesShorterIsFilledUpAndToldToBeWrong() throws Exception {
        write("/home/a", "12345");
        VirtualFileSystem shrinking = new VirtualFileSystem() {
            @Override
            public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
                return files.stat(path, links);
            }

            @Override
            public EntryStream list(VirtualPath directory) throws IOException {
                return files.list(directory);
            }

            @Override
            public ReadableFile openRead(VirtualPath path, long offset) {
                return ReadableFile.of(new ByteArrayInputStream(new byte[] {'1', '2'}));
            }
        };
        CopyDriver driver = new CopyDriver("scp -f a", shrinking);
        assertThat(driver.send(OK)).isEqualTo("C0640 5 a\n");
        assertThat(driver.send(OK)).isEqualTo("12\0\0\0\1scp: a: the file has become shorter\n");
        driver.send(OK);
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void aLinkToADirectoryIsNotFollowedAndOneToAFileIs() throws Exception {
        files.createDirectory(VirtualPath.of("/home/d"));
        write("/home/d/a", "1");
        Links links = files.capability(Links.class).orElseThrow();
        links.createSymbolicLink(VirtualPath.of("/home/d/up"), "..");
        links.createSymbolicLink(VirtualPath.of("/home/d/file"), "a");
        CopyDriver driver = driver("scp -r -f d");
        driver.send(OK);
        StringBuilder all = new StringBuilder();
        while (!driver.copy.isEnded()) {
            all.append(driver.send(OK));
        }
        assertThat(all)
                .contains("C0640 1 a\n", "C0640 1 file\n", "\1scp: up: a link to a directory is not followed\n")
                .endsWith("E\n");
    }
}
