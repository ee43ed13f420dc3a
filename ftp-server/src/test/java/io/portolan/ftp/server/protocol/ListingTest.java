package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.DelegatingFileSystem;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileSystems;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** LIST, NLST, MLSD, MLST and STAT with a path (RFC 959 §4.1.3, RFC 3659 §7). */
class ListingTest extends OneClientTest {

    @Override
    protected ServerFixture serve() throws Exception {
        ServerFixture made = ServerFixture.inMemory();
        made.directory("/d");
        made.directory("/d/sub");
        made.directory("/empty");
        made.write("/d/one.txt", "1");
        made.write("/d/two.txt", "22");
        made.write("/d/.hidden", "h");
        made.write("/d/with space", "s");
        return made;
    }

    private List<String> sorted(String command) throws Exception {
        List<String> lines = new ArrayList<>(client.list(command).lines().toList());
        lines.sort(null);
        return lines;
    }

    @Test
    void nlstGivesNamesThatRetrTakes() throws Exception {
        assertThat(sorted("NLST d")).containsExactly("d/one.txt", "d/sub", "d/two.txt", "d/with space");
        assertThat(sorted("NLST d/")).containsExactly("d/one.txt", "d/sub", "d/two.txt", "d/with space");
        client.expect(250, "CWD d");
        assertThat(sorted("NLST")).containsExactly("one.txt", "sub", "two.txt", "with space");
        assertThat(sorted("NLST -a")).containsExactly(".hidden", "one.txt", "sub", "two.txt", "with space");
        assertThat(client.list("NLST one.txt")).isEqualTo("one.txt\r\n");
    }

    @Test
    void patternsMatchInTheLastSegmentOnly() throws Exception {
        assertThat(sorted("NLST d/*.txt")).containsExactly("d/one.txt", "d/two.txt");
        client.expect(250, "CWD d");
        assertThat(sorted("NLST t*")).containsExactly("two.txt");
        assertThat(sorted("NLST ???.txt")).containsExactly("one.txt", "two.txt");
        assertThat(sorted("NLST .*")).containsExactly(".hidden");
        assertThat(sorted("NLST nothing*")).isEmpty();
        client.refused(550, "NLST ../*/one.txt");
        assertThat(client.list("LIST *.txt").lines()).hasSize(2);
    }

    @Test
    void anEmptyDirectoryIsAnEmptyListing() throws Exception {
        assertThat(client.download("NLST empty")).isEmpty();
        assertThat(client.download("LIST empty")).isEmpty();
        assertThat(client.list("MLSD empty").lines()).hasSize(2).allMatch(line -> line.matches("type=[cp]dir;.*"));
    }

    @Test
    void aFileIsToldUnderThePathThatWasAskedFor() throws Exception {
        assertThat(client.list("NLST d/one.txt")).isEqualTo("d/one.txt\r\n");
        assertThat(client.list("NLST /d/one.txt")).isEqualTo("/d/one.txt\r\n");
        assertThat(client.list("LIST d/one.txt")).endsWith(" one.txt\r\n");
    }

    @Test
    void aMissingPathIsRefused() throws Exception {
        client.refused(550, "LIST missing");
        client.refused(550, "NLST missing");
        client.refused(550, "MLSD missing");
        client.expect(550, "MLST missing");
        client.expect(550, "STAT missing");
    }

    @Test
    void optionsOfLsArePassedOver() throws Exception {
        assertThat(client.list("LIST -la d").lines()).hasSize(5);
        assertThat(client.list("LIST -l d").lines()).hasSize(4);
        assertThat(client.list("LIST -a -l d").lines()).hasSize(5);
        // no recursion, whoever asks for it
        assertThat(client.list("LIST -lR /").lines()).hasSize(2);
        assertThat(client.list("NLST -R d")).doesNotContain("sub/");
        server.write("/-dash", "x");
        assertThat(client.list("NLST -- -dash")).isEqualTo("-dash\r\n");
    }

    @Test
    void listLooksAsLsWritesIt() throws Exception {
        assertThat(client.list("LIST d/two.txt"))
                .matches("-rw\\S+ +1 \\S+ +\\S+ +2 [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d two.txt\r\n");
        assertThat(client.list("LIST d")).contains("drwx");
    }

    @Test
    void mlsdTellsTheDirectoryItsParentAndEverythingInIt() throws Exception {
        assertThat(sorted("MLSD d"))
                .hasSize(7)
                .allMatch(line -> line.matches("(type=[a-z]+;size=\\d+;|type=[a-z]+;)modify=\\d{14};perm=[a-z]*;.* .+"))
                .anyMatch(line -> line.startsWith("type=cdir;") && line.endsWith(" ."))
                .anyMatch(line -> line.startsWith("type=pdir;") && line.endsWith(" .."))
                .anyMatch(line -> line.startsWith("type=dir;") && line.endsWith(" sub"))
                .anyMatch(line -> line.startsWith("type=file;size=1;") && line.endsWith(" .hidden"))
                .anyMatch(line -> line.endsWith("; with space"));
        assertThat(client.list("MLSD")).doesNotContain("pdir");
    }

    @Test
    void mlsdIsForDirectoriesOnly() throws Exception {
        client.refused(501, "MLSD d/one.txt");
    }

    @Test
    void mlstHasOneSpaceBeforeTheFactsAndTellsTheWholePath() throws Exception {
        client.expect(250, "CWD d");
        TestReply reply = client.expect(250, "MLST with space");
        assertThat(reply.lines()).hasSize(3);
        assertThat(reply.lines().get(1)).matches(" type=file;size=1;modify=\\d{14};perm=adfrw;\\S* /d/with space");
        assertThat(reply.lines().get(2)).isEqualTo("250 End");
        assertThat(client.expect(250, "MLST").lines().get(1)).matches(" type=dir;.*perm=cdeflmp;.* /d");
    }

    @Test
    void permTellsWhatAReadOnlyFileSystemAllows() throws Exception {
        try (ServerFixture readOnly = ServerFixture.serving(FileSystems.readOnly(server.files()))) {
            FtpTestClient reader = readOnly.login();
            assertThat(reader.expect(250, "MLST d").all()).contains(";perm=el;");
            assertThat(reader.expect(250, "MLST d/one.txt").all()).contains(";perm=r;");
        }
    }

    @Test
    void factsThatAreSwitchedOffAreNotTold() throws Exception {
        client.expect(200, "OPTS MLST size;");
        assertThat(client.list("MLSD d")).contains("size=2; two.txt\r\n").doesNotContain("type=");
        client.expect(200, "OPTS MLST");
        assertThat(client.expect(250, "MLST d/two.txt").lines().get(1)).isEqualTo("  /d/two.txt");
    }

    @Test
    void statOfAPathListsOnTheControlConnection() throws Exception {
        TestReply directory = client.expect(212, "STAT -a d");
        assertThat(directory.lines()).hasSize(7);
        assertThat(directory.all()).contains(" .hidden\n").contains(" with space");
        assertThat(client.expect(213, "STAT d/one.txt").lines()).hasSize(3);
        assertThat(client.expect(212, "STAT d/*.txt").lines()).hasSize(4);
    }

    @Test
    void namesThatCouldSplitAReplyAreNeitherTakenNorTold() throws Exception {
        for (String verb : List.of("STOR", "RETR", "LIST", "MLSD")) {
            client.extendedPassivePort();
            client.expect(553, verb + " a\u0085b");
        }
        client.expect(553, "MKD a\u001bb");
        client.expect(553, "MLST a\u2028b");
        client.sendRaw("MKD a\r\0b\r\n");
        client.expect(553);
        assertThat(VirtualPath.isValidName("a\nb")).isFalse();
        assertThat(client.expect(257, "MKD 250 fine").lines()).hasSize(1);
        assertThat(client.expect(250, "MLST 250 fine").lines()).hasSize(3);
    }

    @Test
    void aUsersNamesAreNotPatterns() throws Exception {
        server.write("/d/[x]", "x");
        assertThat(client.download("RETR d/[x]")).hasSize(1);
        assertThat(client.list("NLST d/[x]")).isEqualTo("d/[x]\r\n");
        server.directory("/d/*");
        assertThat(client.list("NLST d/*")).isEmpty();
    }

    @Test
    void anEntryStreamThatFailsInTheMiddleEndsTheListing() throws Exception {
        DelegatingFileSystem failing = new DelegatingFileSystem() {
            @Override
            public EntryStream list(VirtualPath directory) {
                return new EntryStream() {
                    private int batches;

                    @Override
                    public List<DirectoryEntry> next(int max) throws java.io.IOException {
                        // far enough that the listing has begun
                        if (++batches > 100_000) {
                            throw new java.io.IOException("the store went away");
                        }
                        return List.of(new DirectoryEntry("one", FileInfo.file(1, Instant.EPOCH)));
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        try (ServerFixture broken = ServerFixture.serving(failing)) {
            FtpTestClient reader = broken.login();
            try (var data = reader.extendedPassive()) {
                reader.expect(150, "NLST");
                data.readAll();
                reader.expect(451);
            }
        }
    }
}
