package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestReply;
import org.junit.jupiter.api.Test;

/** DELE, MKD, RMD, RNFR, RNTO, SIZE, MDTM, MFMT, MFCT, MFF, COMB and SITE's commands. */
class FileCommandsTest extends OneClientTest {

    @Override
    protected ServerFixture serve() throws Exception {
        ServerFixture made = ServerFixture.inMemory();
        made.directory("/d");
        made.write("/d/inside", "x");
        made.write("/file", "content");
        return made;
    }

    @Test
    void deleDeletesFilesOnly() throws Exception {
        client.expect(250, "DELE file");
        assertThat(server.exists("/file")).isFalse();
        client.expect(550, "DELE file");
        client.expect(550, "DELE d");
        client.expect(550, "DELE /");
        assertThat(server.exists("/d/inside")).isTrue();
    }

    @Test
    void mkdTellsTheWholePathWithItsQuotesDoubled() throws Exception {
        client.expect(250, "CWD d");
        assertThat(client.expect(257, "MKD new \"one\"").text()).startsWith("\"/d/new \"\"one\"\"\" ");
        assertThat(server.exists("/d/new \"one\"")).isTrue();
        client.expect(550, "MKD new \"one\"");
        client.expect(550, "MKD inside");
        client.expect(550, "MKD no/such/parent");
        client.expect(257, "XMKD old");
    }

    @Test
    void rmdRemovesEmptyDirectoriesOnly() throws Exception {
        client.expect(550, "RMD d");
        client.expect(250, "DELE d/inside");
        client.expect(250, "RMD d");
        assertThat(server.exists("/d")).isFalse();
        client.expect(550, "RMD d");
        client.expect(550, "RMD file");
        client.expect(550, "RMD /");
        client.expect(257, "MKD d");
        client.expect(250, "XRMD d");
    }

    @Test
    void renamesAndReplaces() throws Exception {
        client.expect(350, "RNFR file");
        client.expect(250, "RNTO d/moved");
        assertThat(server.text("/d/moved")).isEqualTo("content");
        client.expect(350, "RNFR d/moved");
        client.expect(250, "RNTO d/inside");
        assertThat(server.text("/d/inside")).isEqualTo("content");
        assertThat(server.exists("/d/moved")).isFalse();
    }

    @Test
    void neverRenamesOverADirectoryOrTheRoot() throws Exception {
        client.expect(350, "RNFR file");
        client.expect(550, "RNTO d");
        client.expect(350, "RNFR file");
        client.expect(553, "RNTO /");
        client.expect(550, "RNFR /");
        client.expect(550, "RNFR missing");
        assertThat(server.text("/file")).isEqualTo("content");
    }

    @Test
    void rntoMustFollowRnfrImmediately() throws Exception {
        client.expect(503, "RNTO x");
        client.expect(350, "RNFR file");
        client.expect(200, "NOOP");
        client.expect(503, "RNTO x");
        client.expect(350, "RNFR file");
        client.expect(200, "TYPE I");
        client.expect(503, "RNTO x");
        client.expect(350, "RNFR file");
        client.expect(500, "NONSENSE");
        client.expect(503, "RNTO x");
        client.expect(350, "RNFR file");
        client.expect(550, "RNFR missing");
        client.expect(503, "RNTO x");
        client.expect(350, "RNFR file");
        client.expect(250, "RNTO x");
        client.expect(503, "RNTO y");
    }

    @Test
    void sizeIsToldInTypeIOnly() throws Exception {
        assertThat(client.expect(213, "SIZE file").text()).isEqualTo("7");
        client.expect(550, "SIZE missing");
        client.expect(550, "SIZE d");
        client.expect(200, "TYPE A");
        client.expect(550, "SIZE file");
    }

    @Test
    void timesAreSetAndToldInUtc() throws Exception {
        assertThat(client.expect(213, "MFMT 20260301120000 file").text()).isEqualTo("Modify=20260301120000; /file");
        assertThat(client.expect(213, "MDTM file").text()).isEqualTo("20260301120000");
        assertThat(client.expect(213, "MFMT 20260301120000.250 file").text())
                .isEqualTo("Modify=20260301120000.250; /file");
        assertThat(client.expect(213, "MDTM file").text()).isEqualTo("20260301120000.250");
        assertThat(client.expect(213, "MFCT 19991231235960 file").text()).isEqualTo("Create=20000101000000; /file");
        client.expect(501, "MFMT 20260229120000 file");
        client.expect(501, "MFMT yesterday file");
        client.expect(501, "MFMT 20260301120000");
        client.expect(550, "MFMT 20260301120000 missing");
        client.expect(550, "MDTM missing");
    }

    @Test
    void mdtmWithATimeBeforeThePathSetsIt() throws Exception {
        assertThat(client.expect(213, "MDTM 20200102030405 file").text()).isEqualTo("Modify=20200102030405; /file");
        assertThat(client.expect(213, "MDTM file").text()).isEqualTo("20200102030405");
        client.expect(550, "MDTM 20200102030405 missing");
    }

    @Test
    void mdtmAsksForAFileThatIsReallyCalledSo() throws Exception {
        server.write("/20200102030405 file", "x");
        assertThat(client.expect(213, "MDTM 20200102030405 file").text()).matches("20\\d{12}(\\.\\d{3})?");
        assertThat(client.expect(213, "MDTM file").text()).isNotEqualTo("20200102030405");
    }

    @Test
    void mffSetsSeveralFactsAtOnceOrNone() throws Exception {
        assertThat(client.expect(213, "MFF Modify=20260301120000;unix.MODE=0640; file")
                        .text())
                .isEqualTo("Modify=20260301120000;unix.MODE=0640; /file");
        client.expect(200, "OPTS MLST modify;unix.mode;");
        assertThat(client.expect(250, "MLST file").all()).contains(" modify=20260301120000;UNIX.mode=0640; /file");
        client.expect(504, "MFF Modify=20200101000000;Colour=blue; file");
        client.expect(501, "MFF Modify=20200101000000;UNIX.mode=9; file");
        client.expect(501, "MFF Modify; file");
        client.expect(501, "MFF Modify=20200101000000;");
        assertThat(client.expect(250, "MLST file").all()).contains("modify=20260301120000;");
    }

    @Test
    void mffForgivesThatTheLastSemicolonIsMissing() throws Exception {
        client.expect(213, "MFF Modify=20200101000000 file");
        assertThat(client.expect(213, "MDTM file").text()).isEqualTo("20200101000000");
    }

    @Test
    void siteChmodTakesOctalModes() throws Exception {
        client.expect(200, "SITE CHMOD 0600 file");
        client.expect(200, "site chmod 755 file");
        client.expect(200, "OPTS MLST unix.mode;");
        assertThat(client.expect(250, "MLST file").all()).contains(" UNIX.mode=0755; /file");
        client.expect(501, "SITE CHMOD 888 file");
        client.expect(501, "SITE CHMOD 17777 file");
        client.expect(501, "SITE CHMOD u+x file");
        client.expect(501, "SITE CHMOD 644");
        client.expect(550, "SITE CHMOD 644 missing");
    }

    @Test
    void siteUtimeTakesBothForms() throws Exception {
        client.expect(200, "SITE UTIME 20260301120000 file");
        assertThat(client.expect(213, "MDTM file").text()).isEqualTo("20260301120000");
        client.expect(200, "SITE UTIME 202603011201 file");
        assertThat(client.expect(213, "MDTM file").text()).isEqualTo("20260301120100");
        server.write("/a b", "x");
        client.expect(200, "SITE UTIME a b 20210101000000 20220202000000 20230303000000 UTC");
        assertThat(client.expect(213, "MDTM a b").text()).isEqualTo("20220202000000");
        client.expect(501, "SITE UTIME file");
        client.expect(501, "SITE UTIME 20261301120000 file");
        client.expect(550, "SITE UTIME 20260301120000 missing");
    }

    @Test
    void siteIdleShortensTheTimeOutButNeverBeyondTheServersSetting() throws Exception {
        assertThat(client.expect(200, "SITE IDLE").text()).contains("40 seconds");
        client.expect(200, "SITE IDLE 10");
        assertThat(client.expect(200, "SITE IDLE").text()).contains("10 seconds");
        client.expect(501, "SITE IDLE 41");
        client.expect(501, "SITE IDLE 1");
        client.expect(501, "SITE IDLE -5");
    }

    @Test
    void siteHelpListsWhatThereIs() throws Exception {
        TestReply help = client.expect(214, "SITE HELP");
        assertThat(help.all()).contains(" CHMOD").contains(" UTIME").contains(" IDLE");
        assertThat(client.expect(214, "HELP SITE").all()).isEqualTo(help.all());
        client.expect(504, "SITE EXEC rm");
        client.expect(501, "SITE");
    }

    @Test
    void combJoinsPartsBehindTheTargetAndDeletesThem() throws Exception {
        server.write("/p1", "one ");
        server.write("/part two", "two");
        client.expect(250, "COMB joined p1 \"part two\"");
        assertThat(server.text("/joined")).isEqualTo("one two");
        assertThat(server.exists("/p1")).isFalse();
        assertThat(server.exists("/part two")).isFalse();
        server.write("/p3", "!");
        client.expect(250, "COMB joined p3");
        assertThat(server.text("/joined")).isEqualTo("one two!");
    }

    @Test
    void combLeavesEverythingAsItWasWhenAPartIsMissing() throws Exception {
        server.write("/p1", "one ");
        client.expect(550, "COMB file p1 missing");
        client.expect(550, "COMB file p1 d");
        client.expect(501, "COMB file");
        client.expect(501, "COMB file file");
        client.expect(501, "COMB file \"p1");
        assertThat(server.text("/file")).isEqualTo("content");
        assertThat(server.text("/p1")).isEqualTo("one ");
    }

    @Test
    void aReadOnlyFileSystemRefusesEveryChange() throws Exception {
        try (ServerFixture readOnly = ServerFixture.serving(FileSystems.readOnly(server.files()))) {
            FtpTestClient reader = readOnly.login();
            reader.expect(550, "DELE file");
            reader.expect(550, "MKD new");
            reader.expect(550, "RMD d");
            reader.expect(350, "RNFR file");
            reader.expect(550, "RNTO other");
            reader.expect(550, "MFMT 20260301120000 file");
            reader.expect(550, "SITE CHMOD 600 file");
            reader.expect(550, "COMB file d/inside");
            reader.refused(550, "STOR file");
            reader.refused(550, "APPE file");
            reader.refused(550, "STOU");
            assertThat(reader.download("RETR file"))
                    .isEqualTo("content".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(server.text("/file")).isEqualTo("content");
    }

    @Test
    void alloAndAvblKnowTheRoomThatIsLeft() throws Exception {
        try (ServerFixture small = ServerFixture.serving(
                InMemoryFileSystem.builder().maxBytes(1000).build())) {
            small.write("/used", new byte[400]);
            FtpTestClient asking = small.login();
            assertThat(asking.expect(213, "AVBL").text()).isEqualTo("600");
            assertThat(asking.expect(213, "AVBL /").text()).isEqualTo("600");
            asking.expect(550, "AVBL used");
            asking.expect(550, "AVBL missing");
            asking.expect(200, "ALLO 600");
            asking.expect(200, "ALLO 600 R 80");
            asking.expect(452, "ALLO 601");
            asking.expect(552, "ALLO 1001");
            asking.expect(501, "ALLO much");
            asking.expect(501, "ALLO -1");
        }
    }
}
