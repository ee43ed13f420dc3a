package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.VirtualHost;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestReply;
import org.junit.jupiter.api.Test;

/** FEAT, OPTS and LANG (RFC 2389, RFC 2640 §4). */
class FeaturesTest {

    @Test
    void eachFeatureHasOneLineWithOneSpaceBeforeIt() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            TestReply reply = server.login().expect(211, "FEAT");
            assertThat(reply.lines().get(0)).isEqualTo("211-Extensions:");
            assertThat(reply.text()).isEqualTo("End");
            assertThat(reply.lines().subList(1, reply.lines().size() - 1))
                    .allMatch(line -> line.matches(" [A-Z][^ ].*"))
                    .doesNotHaveDuplicates();
            assertThat(reply.lines())
                    .contains(
                            " UTF8",
                            " TVFS",
                            " LANG EN*",
                            " MDTM",
                            " SIZE",
                            " REST STREAM",
                            " EPSV",
                            " EPRT",
                            " MFMT",
                            " HASH SHA-256*;SHA-512;SHA-1;MD5;CRC32",
                            " SITE CHMOD");
            assertThat(reply.all()).contains("\n MLST type*;size*;modify*;").contains("\n MFF Modify;");
        }
    }

    /** lftp compresses whatever it can and says PRET before each transfer, if it finds them in FEAT. */
    @Test
    void doesNotInviteClientsToWhatMakesThemSlow() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            assertThat(client.expect(211, "FEAT").all())
                    .doesNotContain("MODE Z")
                    .doesNotContain("PRET");
            assertThat(client.expect(504, "MODE Z").text()).isEqualTo("MODE Z is not offered here; MODE S is.");
            client.expect(200, "MODE S");
            client.expect(200, "PRET RETR file");
        }
    }

    @Test
    void offersCompressionIfItIsAskedFor() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(settings -> settings.allowCompression(true))) {
            FtpTestClient client = server.login();
            assertThat(client.expect(211, "FEAT").lines()).contains(" MODE Z");
            client.expect(200, "MODE Z");
        }
    }

    @Test
    void isAnsweredBeforeTheLoginToo() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            assertThat(client.expect(211, "FEAT").lines()).contains(" UTF8", " MFMT");
        }
    }

    @Test
    void tellsNothingThatTheUsersFilesCannotDo() throws Exception {
        VirtualFileSystem readOnly = FileSystems.readOnly(InMemoryFileSystem.create());
        try (ServerFixture server = ServerFixture.serving(readOnly)) {
            assertThat(server.login().expect(211, "FEAT").all())
                    .doesNotContain("MFMT")
                    .doesNotContain("MFF")
                    .doesNotContain("COMB")
                    .doesNotContain("SITE CHMOD");
        }
    }

    @Test
    void namesNoSecurityAndNoHostWhereThereIsNone() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            assertThat(server.login().expect(211, "FEAT").all())
                    .doesNotContain("AUTH")
                    .doesNotContain("PBSZ")
                    .doesNotContain("HOST");
        }
    }

    @Test
    void namesHostWhereThereAreVirtualHosts() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.virtualHost(
                new VirtualHost("files.example", request -> null, (user, session) -> InMemoryFileSystem.create())))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            assertThat(client.expect(211, "FEAT").lines()).contains(" HOST");
        }
    }

    @Test
    void starsFollowWhatOptsHasSet() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            assertThat(client.expect(200, "OPTS MLST size;TYPE;nonsense;").text())
                    .isEqualTo("MLST OPTS type;size;");
            assertThat(client.expect(200, "OPTS HASH md5").text()).isEqualTo("MD5");
            assertThat(client.expect(211, "FEAT").all())
                    .contains("\n MLST type*;size*;modify;create;perm;")
                    .contains("\n HASH SHA-256;SHA-512;SHA-1;MD5*;CRC32");
            assertThat(client.expect(200, "OPTS MLST").text()).isEqualTo("MLST OPTS");
        }
    }

    @Test
    void optsRefusesWhatItDoesNotKnow() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(501, "OPTS");
            client.expect(501, "OPTS RETR x");
            client.expect(501, "OPTS UTF8 PERHAPS");
            client.expect(504, "OPTS HASH WHIRLPOOL");
            client.expect(501, "OPTS MODE Z LEVEL 0");
            client.expect(501, "OPTS MODE Z LEVEL 10");
            client.expect(501, "OPTS MODE Z LEVEL x");
            client.expect(501, "OPTS MODE Z");
            client.expect(200, "OPTS MODE Z LEVEL 9");
        }
    }

    @Test
    void utf8CanBeSwitchedBeforeTheLogin() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(200, "OPTS UTF8 ON");
            client.expect(200, "opts utf-8 on");
            client.expect(200, "OPTS UTF8");
        }
    }

    @Test
    void namesAreInTheFallbackCharsetOnceUtf8IsOff() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/grün", "x");
            FtpTestClient client = server.login();
            assertThat(client.list("NLST")).isEqualTo("grün\r\n");
            client.expect(200, "OPTS UTF8 OFF");
            assertThat(client.download("NLST")).isEqualTo(new byte[] {'g', 'r', (byte) 0xfc, 'n', '\r', '\n'});
            client.sendRaw(new byte[] {'S', 'I', 'Z', 'E', ' ', 'g', 'r', (byte) 0xfc, 'n', '\r', '\n'});
            client.expect(213);
            assertThat(client.list("MLSD")).contains(" grün\r\n");
        }
    }

    @Test
    void speaksEnglishOnly() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(200, "LANG");
            client.expect(200, "LANG en");
            client.expect(200, "LANG EN-us");
            client.expect(504, "LANG fr");
            client.expect(501, "LANG ???");
        }
    }
}
