package io.portolan.sftp.server.internal.scp;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies to the server, octet by octet. */
class ScpSinkTest {

    private static final String OK = "\0";

    private final VirtualFileSystem files = InMemoryFileSystem.create();
    private final List<String> events = new ArrayList<>();

    private final SessionListener listener = new SessionListener() {
        @Override
        public void transferCompleted(SessionInfo session, TransferInfo transfer) {
            events.add("completed " + transfer.path() + " " + transfer.bytes());
        }

        @Override
        public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
            events.add("aborted " + transfer.path() + " " + transfer.bytes());
        }

        @Override
        public void directoryCreated(SessionInfo session, VirtualPath path) {
            events.add("directory " + path);
        }
    };

    @BeforeEach
    void home() throws IOException {
        files.createDirectory(VirtualPath.of("/home"));
    }

    private CopyDriver driver(String command) {
        return new CopyDriver(command, files, List.of(listener), Integer.MAX_VALUE);
    }

    private void write(String path, String text) throws IOException {
        try (WritableFile file = files.openWrite(VirtualPath.of(path), WriteMode.REPLACE)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            file.commit();
        }
    }

    private String read(String path) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(1 << 16);
        try (ReadableFile file = files.openRead(VirtualPath.of(path), 0)) {
            while (file.read(content) >= 0) {
                // until the end
            }
        }
        return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
    }

    private boolean exists(String path) throws IOException {
        try {
            files.stat(VirtualPath.of(path), LinkHandling.NO_FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Test
    void aFileIsThereOnceItsLastOctetHasCome() throws Exception {
        CopyDriver driver = driver("scp -t .");
        assertThat(driver.send("")).isEqualTo(OK);
        assertThat(driver.send("C0644 5 a.txt\n")).isEqualTo(OK);
        assertThat(driver.send("hello")).isEmpty();
        assertThat(exists("/home/a.txt")).isFalse();
        assertThat(driver.send("\0")).isEqualTo(OK);
        assertThat(read("/home/a.txt")).isEqualTo("hello");
        assertThat(driver.end()).isEmpty();
        assertThat(driver.copy.exitStatus()).isZero();
        assertThat(events).containsExactly("completed /home/a.txt 5");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void itDoesNotMatterHowTheOctetsArrive(int part) throws Exception {
        CopyDriver driver = new CopyDriver("scp -r -p -t /", files, List.of(), part);
        String script = "T100 0 200 0\nD0750 0 dir\nC0640 3 x\nabc\0C0644 0 empty\n\0T1 0 2 0\nC0600 2 ü\nde\0E\n";
        assertThat(driver.send(script)).isEqualTo(OK.repeat(11));
        assertThat(read("/dir/x")).isEqualTo("abc");
        assertThat(read("/dir/empty")).isEmpty();
        assertThat(read("/dir/ü")).isEqualTo("de");
        assertThat(files.stat(VirtualPath.of("/dir"), LinkHandling.FOLLOW).modified())
                .isEqualTo(Instant.ofEpochSecond(100));
        assertThat(files.stat(VirtualPath.of("/dir/ü"), LinkHandling.FOLLOW).modified())
                .isEqualTo(Instant.ofEpochSecond(1));
        assertThat(files.stat(VirtualPath.of("/dir/x"), LinkHandling.FOLLOW).permissionBits())
                .hasValue(0640);
        driver.end();
        assertThat(driver.copy.exitStatus()).isZero();
    }

    @Test
    void aTargetThatIsNoDirectoryIsTheFilesName() throws Exception {
        CopyDriver driver = driver("scp -t /home/new");
        assertThat(driver.send("C0644 2 old\nhi\0")).isEqualTo(OK.repeat(3));
        assertThat(read("/home/new")).isEqualTo("hi");
        assertThat(exists("/home/old")).isFalse();
    }

    @Test
    void aDirectoryThatIsAskedForMustBeThere() throws Exception {
        CopyDriver driver = driver("scp -d -t /home/new");
        assertThat(driver.send("")).isEqualTo("\2scp: /home/new: Not a directory\n");
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/b", "/etc/passwd", "../x", "a\u0001b", "a\u0085"})
    void aNameIsOneSegment(String name) throws Exception {
        write("/passwd", "old");
        CopyDriver driver = driver("scp -t /home");
        String answer = driver.send("C0644 3 " + name + "\nnew\0");
        assertThat(answer.charAt(0)).isEqualTo('\0');
        assertThat(answer.charAt(1)).isIn('\1', '\2');
        driver.end();
        assertThat(read("/passwd")).isEqualTo("old");
        assertThat(driver.copy.exitStatus()).isOne();
        try (var entries = files.list(VirtualPath.of("/home"))) {
            assertThat(entries.next(10)).isEmpty();
        }
    }

    @Test
    void aDirectorysNameIsOneSegmentToo() throws Exception {
        CopyDriver driver = driver("scp -r -t /home");
        assertThat(driver.send("D0755 0 ..\n")).isEqualTo(OK + "\1scp: ..: name not allowed\n");
        assertThat(driver.send("C0644 1 x\nx\0")).isEqualTo(OK.repeat(2));
        assertThat(exists("/x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0644 5\n",
                "C644 5 x\n",
                "C0644 -1 x\n",
                "C0644 9999999999999999999 x\n",
                "C0644 99999999999999999999 x\n",
                "C0689 5 x\n",
                "C0644 5 \n",
                "X\n",
                "\n",
                "E\n",
                "D0755 0 x\n",
                "T1\n",
                "T1 0 -1 0\n",
                "C0644 1 \u00e4\u0085x\n",
            })
    void whatIsNotTheProtocolEndsTheCopy(String line) throws Exception {
        CopyDriver driver = driver("scp -t /home");
        assertThat(driver.send(line)).startsWith(OK + "\2scp: ").endsWith("\n");
        assertThat(driver.copy.isEnded()).isTrue();
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void aLineHasALimit() throws Exception {
        CopyDriver driver = driver("scp -t /home");
        assertThat(driver.send("C0644 1 " + "x".repeat(ScpCopy.MAX_LINE)))
                .isEqualTo(OK + "\2scp: a line is too long\n");
    }

    @Test
    void namesAreInUtf8() throws Exception {
        CopyDriver driver = driver("scp -t /home");
        byte[] line = {'C', '0', '6', '4', '4', ' ', '1', ' ', (byte) 0xe4, '\n'};
        assertThat(driver.send(line)).isEqualTo(OK + "\2scp: names must be in UTF-8\n");
    }

    @Test
    void directoriesDoNotNestForEver() throws Exception {
        CopyDriver driver = driver("scp -r -t /home");
        String answers = driver.send("D0755 0 d\n".repeat(ScpCopy.MAX_DEPTH + 1));
        assertThat(answers).isEqualTo(OK.repeat(1 + ScpCopy.MAX_DEPTH) + "\2scp: directories are nested too deeply\n");
    }

    @Test
    void whatIsCutOffLeavesTheOldFile() throws Exception {
        write("/home/a", "old");
        CopyDriver driver = driver("scp -t /home");
        driver.send("C0644 5 a\nhell");
        driver.end();
        assertThat(read("/home/a")).isEqualTo("old");
        assertThat(driver.copy.exitStatus()).isOne();
        assertThat(events).containsExactly("aborted /home/a 4");
    }

    @Test
    void allOctetsWithoutTheClientsWordAreNotAFile() throws Exception {
        CopyDriver driver = driver("scp -t /home");
        driver.send("C0644 5 a\nhello");
        driver.end();
        assertThat(exists("/home/a")).isFalse();
        assertThat(events).containsExactly("aborted /home/a 5");
    }

    @Test
    void aClientThatCouldNotReadItsFileLeavesNothingAndGoesOn() throws Exception {
        CopyDriver driver = driver("scp -t /home");
        assertThat(driver.send("C0644 5 a\nhell\0\1scp: a: Input/output error\n"))
                .isEqualTo(OK.repeat(3));
        assertThat(exists("/home/a")).isFalse();
        assertThat(driver.send("C0644 1 b\nx\0")).isEqualTo(OK.repeat(2));
        driver.end();
        assertThat(read("/home/b")).isEqualTo("x");
        assertThat(driver.copy.exitStatus()).isOne();
    }

    @Test
    void aFileThatCannotBeMadeIsToldAndTheNextIsTaken() throws Exception {
        files.createDirectory(VirtualPath.of("/home/a"));
        CopyDriver driver = driver("scp -t /home");
        assertThat(driver.send("C0644 5 a\n")).isEqualTo(OK + "\1scp: a: Not a plain file\n");
        assertThat(driver.send("C0644 1 b\nx\0")).isEqualTo(OK.repeat(2));
        assertThat(driver.copy.isEnded()).isFalse();
    }

    @Test
    void nothingIsWrittenWhereOnlyReadingIsAllowed() throws Exception {
        CopyDriver driver = new CopyDriver("scp -r -t /home", FileSystems.readOnly(files));
        assertThat(driver.send("C0644 5 a\n")).startsWith(OK + "\1scp: a: ");
        assertThat(driver.send("D0755 0 d\n")).startsWith("\1scp: d: ");
        assertThat(exists("/home/a")).isFalse();
        assertThat(exists("/home/d")).isFalse();
    }

    @Test
    void aDirectoryIsMadeOrUsedAndGetsTheNameOfATargetThatIsNotThere() throws Exception {
        CopyDriver driver = driver("scp -r -t /home/fresh");
        assertThat(driver.send("D0755 0 d\nC0644 1 x\nx\0E\n")).isEqualTo(OK.repeat(5));
        assertThat(read("/home/fresh/x")).isEqualTo("x");
        CopyDriver again = driver("scp -r -t /home/fresh");
        assertThat(again.send("D0755 0 d\nE\n")).isEqualTo(OK.repeat(3));
        assertThat(exists("/home/fresh/d")).isTrue();
        assertThat(events).contains("directory /home/fresh", "directory /home/fresh/d");
    }

    @Test
    void permissionsThatRaiseRightsAreNotTaken() throws Exception {
        CopyDriver driver = driver("scp -p -t /home");
        assertThat(driver.send("C6777 1 a\nx\0")).isEqualTo(OK.repeat(3));
        assertThat(files.stat(VirtualPath.of("/home/a"), LinkHandling.FOLLOW).permissionBits())
                .hasValue(0777);
    }
}
