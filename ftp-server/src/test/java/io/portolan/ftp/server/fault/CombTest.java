package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.Links;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.OneClientTest;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.FaultyFiles;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** COMB when it is interrupted, when a part stays, and when two names are one file. */
class CombTest extends OneClientTest {

    private final FaultyFiles faulty = new FaultyFiles(InMemoryFileSystem.create());

    @Override
    protected ServerFixture serve() throws Exception {
        ServerFixture made = ServerFixture.serving(faulty.files());
        made.write("/p1", "one ");
        made.write("/p2", "two");
        return made;
    }

    @Test
    void anAbortWhileTheFileIsPublishedIsAnsweredByWhatCameOfIt() throws Exception {
        CountDownLatch publishing = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        faulty.make("WritableFile.commit", () -> {
            publishing.countDown();
            assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
        });
        client.send("COMB joined p1 p2");
        assertThat(publishing.await(60, TimeUnit.SECONDS)).isTrue();
        client.send("ABOR");
        FtpTestClient other = server.login();
        for (int i = 0; i < 20; i++) {
            other.expect(200, "NOOP");
        }
        released.countDown();

        client.expect(250);
        client.expect(226);
        assertThat(server.text("/joined")).isEqualTo("one two");
        assertThat(server.exists("/p1")).isFalse();
    }

    @Test
    void aPartThatCannotBeDeletedIsNoFailure() throws Exception {
        faulty.make("VirtualFileSystem.delete", () -> {
            throw new IOException("not now");
        });

        assertThat(client.expect(250, "COMB joined p1 p2").text()).contains("2 of them could not be deleted");
        assertThat(server.text("/joined")).isEqualTo("one two");
    }

    @Test
    void twoNamesOfOneFileAreRefused() throws Exception {
        server.directory("/d");
        server.write("/d/file", "content");
        faulty.files().capability(Links.class).orElseThrow().createSymbolicLink(VirtualPath.of("/same"), "/d");

        client.expect(501, "COMB d/file same/file");
        client.expect(501, "COMB joined d/file same/file");
        assertThat(server.text("/d/file")).isEqualTo("content");
    }
}
