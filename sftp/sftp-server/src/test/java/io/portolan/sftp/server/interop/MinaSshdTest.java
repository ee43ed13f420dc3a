package io.portolan.sftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.portolan.sftp.server.testing.SftpFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.CopyMode;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.SftpVersionSelector;
import org.apache.sshd.sftp.client.extensions.CopyDataExtension;
import org.apache.sshd.sftp.client.extensions.CopyFileExtension;
import org.apache.sshd.sftp.client.extensions.MD5FileExtension;
import org.apache.sshd.sftp.client.extensions.MD5HandleExtension;
import org.apache.sshd.sftp.client.extensions.SpaceAvailableExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.common.extensions.SpaceAvailableExtensionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client of Apache MINA SSHD, which speaks all versions. */
@Timeout(120)
class MinaSshdTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SftpFixture server;
    private SshClient client;
    private ClientSession session;

    @BeforeEach
    void connect() throws Exception {
        server = SftpFixture.inMemory();
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
        session = client.connect(SftpFixture.USER, "127.0.0.1", server.port())
                .verify(PATIENCE)
                .getSession();
        session.addPasswordIdentity(SftpFixture.PASSWORD);
        session.auth().verify(PATIENCE);
    }

    @AfterEach
    void disconnect() throws Exception {
        session.close();
        client.stop();
        server.close();
        server.files().close();
    }

    private SftpClient speaking(int version) throws IOException {
        SftpClient sftp = SftpClientFactory.instance()
                .createSftpClient(session, SftpVersionSelector.fixedVersionSelector(version));
        assertThat(sftp.getVersion()).isEqualTo(version);
        return sftp;
    }

    private static void put(SftpClient sftp, String path, byte[] content) throws IOException {
        try (OutputStream out = sftp.write(path)) {
            out.write(content);
        }
    }

    private static byte[] get(SftpClient sftp, String path) throws IOException {
        try (InputStream in = sftp.read(path)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            in.transferTo(out);
            return out.toByteArray();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void filesAreMovedAndListedInEachVersion(int version) throws Exception {
        byte[] content = new byte[300_000];
        new Random(version).nextBytes(content);
        try (SftpClient sftp = speaking(version)) {
            sftp.mkdir("/d");
            put(sftp, "/d/f", content);
            put(sftp, "/d/ä", "x".getBytes(StandardCharsets.UTF_8));

            assertThat(get(sftp, "/d/f")).isEqualTo(content);
            List<String> names = new ArrayList<>();
            for (DirEntry entry : sftp.readDir("/d")) {
                names.add(entry.getFilename() + " " + entry.getAttributes().isDirectory());
            }
            assertThat(names).containsExactlyInAnyOrder(". true", ".. true", "f false", "ä false");
            assertThat(sftp.canonicalPath("/d/../d/f")).isEqualTo("/d/f");
            assertThat(sftp.stat("/d/f").getSize()).isEqualTo(content.length);
            assertThatExceptionOfType(SftpException.class)
                    .isThrownBy(() -> sftp.stat("/none"))
                    .satisfies(e -> assertThat(e.getStatus()).isEqualTo(SftpConstants.SSH_FX_NO_SUCH_FILE));
            sftp.remove("/d/f");
            sftp.remove("/d/ä");
            sftp.rmdir("/d");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void attributesAreSetAndToldInEachVersion(int version) throws Exception {
        FileTime time = FileTime.from(Instant.ofEpochSecond(1_700_000_000L));
        try (SftpClient sftp = speaking(version)) {
            put(sftp, "/f", new byte[10]);
            sftp.setStat("/f", new Attributes().perms(0640).modifyTime(time).accessTime(time));

            Attributes told = sftp.stat("/f");
            assertThat(told.getPermissions() & 0777).isEqualTo(0640);
            assertThat(told.getModifyTime()).isEqualTo(time);
            assertThat(told.isRegularFile()).isTrue();
            try (CloseableHandle handle = sftp.open("/f", OpenMode.Write)) {
                assertThat(sftp.stat(handle).getSize()).isEqualTo(10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void symbolicLinksAreMadeAndReadInEachVersion(int version) throws Exception {
        try (SftpClient sftp = speaking(version)) {
            put(sftp, "/f", new byte[10]);
            sftp.symLink("/ln", "/f");

            assertThat(sftp.readLink("/ln")).isEqualTo("/f");
            assertThat(sftp.lstat("/ln").isSymbolicLink()).isTrue();
            assertThat(sftp.stat("/ln").isRegularFile()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6})
    void aRenameReplacesIfItIsToldSo(int version) throws Exception {
        try (SftpClient sftp = speaking(version)) {
            put(sftp, "/a", new byte[1]);
            put(sftp, "/b", new byte[2]);

            assertThatExceptionOfType(SftpException.class).isThrownBy(() -> sftp.rename("/a", "/b"));
            sftp.rename("/a", "/b", CopyMode.Overwrite, CopyMode.Atomic);

            assertThat(sftp.stat("/b").getSize()).isEqualTo(1);
        }
    }

    @Test
    void linksAreMadeInVersion6AsTheDraftHasThem() throws Exception {
        try (SftpClient sftp = speaking(6)) {
            put(sftp, "/f", new byte[3]);
            // this client sends the target first, in version 6 too, where the draft has the link first
            sftp.link("/f", "/hard", false);
            sftp.link("/f", "/ln", true);
            assertThat(sftp.readLink("/ln")).isEqualTo("/f");
            assertThat(sftp.stat("/hard").getSize()).isEqualTo(3);
        }
    }

    @Test
    void locksAreSeenByOtherSessionsAndEndWithTheChannel() throws Exception {
        int exclusive = 0x40 | 0x80 | 0x200; // against reading and writing, advisory
        try (SftpClient one = speaking(6)) {
            put(one, "/f", new byte[100]);
            CloseableHandle mine = one.open("/f", OpenMode.Read, OpenMode.Write);
            one.lock(mine, 0, 50, exclusive);
            try (SftpClient other = speaking(6)) {
                CloseableHandle theirs = other.open("/f", OpenMode.Read, OpenMode.Write);
                assertThatExceptionOfType(SftpException.class)
                        .isThrownBy(() -> other.lock(theirs, 49, 1, exclusive))
                        .satisfies(e ->
                                assertThat(e.getStatus()).isEqualTo(SftpConstants.SSH_FX_BYTE_RANGE_LOCK_CONFLICT));
                other.lock(theirs, 50, 50, exclusive);
                one.unlock(mine, 0, 50);
                other.lock(theirs, 0, 50, exclusive);
            }
            await("the end of the other's locks")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> {
                        one.lock(mine, 0, 0, exclusive);
                        return true;
                    });
        }
    }

    @Test
    void extensionsDoWhatTheyDo() throws Exception {
        byte[] content = "0123456789".repeat(1000).getBytes(StandardCharsets.UTF_8);
        byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
        try (SftpClient sftp = speaking(6)) {
            put(sftp, "/f", content);

            assertThat(sftp.getExtension(MD5FileExtension.class).getHash("/f", 0, 0, new byte[0]))
                    .isEqualTo(md5);
            try (CloseableHandle handle = sftp.open("/f", OpenMode.Read)) {
                assertThat(sftp.getExtension(MD5HandleExtension.class).getHash(handle, 0, 0, new byte[0]))
                        .isEqualTo(md5);
            }
            sftp.getExtension(CopyFileExtension.class).copyFile("/f", "/g", false);
            assertThat(get(sftp, "/g")).isEqualTo(content);
            try (CloseableHandle from = sftp.open("/f", OpenMode.Read);
                    CloseableHandle to = sftp.open("/h", OpenMode.Write, OpenMode.Create)) {
                sftp.getExtension(CopyDataExtension.class).copyData(from, 5, 10, to, 0);
            }
            assertThat(get(sftp, "/h")).asString(StandardCharsets.UTF_8).isEqualTo("5678901234");
            SpaceAvailableExtensionInfo space =
                    sftp.getExtension(SpaceAvailableExtension.class).available("/");
            assertThat(space.unusedBytesOnDevice).isPositive();
        }
    }
}
