package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import org.junit.jupiter.api.Test;

/** PWD, CWD and CDUP, and their X forms (RFC 959 §4.1.1, §4.1.3; RFC 1123 §4.1.3.1). */
class WalkTest extends OneClientTest {

    @Override
    protected ServerFixture serve() throws Exception {
        ServerFixture made = ServerFixture.inMemory();
        made.directory("/a");
        made.directory("/a/b c");
        made.write("/file", "x");
        return made;
    }

    @Test
    void beginsAtTheRoot() throws Exception {
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/\" ");
    }

    @Test
    void goesDownAndUpAgain() throws Exception {
        client.expect(250, "CWD a");
        client.expect(250, "CWD b c");
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/a/b c\" ");
        client.expect(250, "CDUP");
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/a\" ");
        client.expect(250, "CWD ..");
        client.expect(250, "CWD /a/b c/../.");
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/a\" ");
    }

    @Test
    void theRootHasNoParent() throws Exception {
        client.expect(250, "CDUP");
        client.expect(250, "CWD ../../..");
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/\" ");
    }

    @Test
    void doublesQuotesInNames() throws Exception {
        server.directory("/say \"hi\"");
        client.expect(250, "CWD say \"hi\"");
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/say \"\"hi\"\"\" ");
    }

    @Test
    void staysWhereItIsWhenThereIsNoSuchDirectory() throws Exception {
        client.expect(250, "CWD a");
        client.expect(550, "CWD nowhere");
        client.expect(550, "CWD /file");
        client.expect(550, "CWD /file/below");
        assertThat(client.expect(257, "PWD").text()).startsWith("\"/a\" ");
    }

    @Test
    void theOldXFormsMeanTheSame() throws Exception {
        client.expect(250, "XCWD a");
        assertThat(client.expect(257, "XPWD").text()).startsWith("\"/a\" ");
        client.expect(250, "XCUP");
        assertThat(client.expect(257, "XPWD").text()).startsWith("\"/\" ");
    }

    @Test
    void verbsAreReadInEitherCase() throws Exception {
        client.expect(250, "cWd a");
        client.expect(257, "pwd");
    }

    @Test
    void refusesNamesWithControlCharacters() throws Exception {
        client.expect(553, "CWD a\u0001b");
        client.sendRaw("CWD a\r\0b\r\n");
        client.expect(553);
        client.expect(200, "NOOP");
    }
}
