package io.portolan.sftp.server.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

    private static NewerClient client(long version) throws Exception {
        return new NewerClient(InMemoryFileSystem.create(), version);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"0,3", "2,3", "3,3", "4,4", "5,5", "6,6", "7,6", "4294967295,6"})
    void theLowerOfBothVersionsIsSpoken(long offered, int agreed) throws Exception {
        assertThat(client(offered).version()).isEqualTo(agreed);
    }

    @Test
    void aClientOfVersion3HearsWhatMeansSomethingToIt() throws Exception {
        NewerClient client = client(3);

        assertThat(text(client.told().get("versions"))).isEqualTo("3,4,5,6");
        assertThat(client.told())
                .containsKeys("vendor-id", "posix-rename@openssh.com", "copy-data", "expand-path@openssh.com")
                .doesNotContainKeys("newline", "supported", "supported2", "acl-supported", "filename-charset");
        assertThat(text(client.told().get("check-file"))).isEqualTo("sha256,sha512,sha384,sha224,sha1,md5,crc32");
    }

    @Test
    void aNewerClientHearsWhatIsSupported() throws Exception {
        NewerClient client = client(6);

        assertThat(text(client.told().get("newline"))).isEqualTo("\n");
        assertThat(text(client.told().get("filename-charset"))).isEqualTo("UTF-8");
        assertThat(client.told().get("acl-supported")).containsExactly(0, 0, 0, 0);
        SshReader supported = new SshReader(client.told().get("supported2"));
        assertThat(supported.readUint32()).as("attributes").isEqualTo(0x21bdL);
        assertThat(supported.readUint32()).as("bits").isZero();
        assertThat(supported.readUint32()).as("open flags").isEqualTo(0xeffL);
        assertThat(supported.readUint32()).as("access").isEqualTo(0x1f01ffL);
        assertThat(supported.readUint32()).as("largest READ").isEqualTo(255 * 1024);
        assertThat(supported.readBytes(4)).as("locks").containsExactly(0x0e, 0x01, 0x0e, 0x00);
        assertThat(supported.readUint32()).as("extended attributes").isZero();
        List<String> names = new ArrayList<>();
        for (long left = supported.readUint32(); left > 0; left--) {
            names.add(supported.readUtf8(100));
        }
        assertThat(supported.remaining()).isZero();
        assertThat(names).contains("copy-file", "check-file-name", "md5-hash", "space-available", "text-seek");

        SshReader older = new SshReader(client.told().get("supported"));
        assertThat(older.readBytes(20)).hasSize(20);
        assertThat(older.readUtf8(100)).isEqualTo(names.get(0));
    }

    @Test
    void aFileSystemThatIsReadOnlyOffersNothingThatWrites() throws Exception {
        NewerClient client = new NewerClient(FileSystems.readOnly(InMemoryFileSystem.create()), 6);

        assertThat(client.told())
                .containsKey("check-file")
                .doesNotContainKeys("copy-data", "copy-file", "posix-rename@openssh.com");
        assertThat(client.status(client.extended("copy-file")
                        .writeString("/a")
                        .writeString("/b")
                        .writeBoolean(true)))
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void anotherVersionIsChosenWithTheFirstRequest(int version) throws Exception {
        NewerClient client = client(3);

        assertThat(client.status(client.extended("version-select").writeString(Integer.toString(version))))
                .isEqualTo(SftpStatus.OK);

        SftpStatus unknown = client.status(client.path(SftpMessageNumber.STAT, "/no\u0007"));
        assertThat(unknown).isEqualTo(SftpStatus.INVALID_FILENAME.in(version));
        assertThat(client.status(client.extended("version-select").writeString("3")))
                .isEqualTo(SftpStatus.INVALID_PARAMETER.in(version));
    }

    @Test
    void aVersionThatIsNotThereIsNotChosen() throws Exception {
        for (String name : List.of("2", "7", "", "06", "six")) {
            NewerClient client = client(6);
            assertThat(client.status(client.extended("version-select").writeString(name)))
                    .as(name)
                    .isEqualTo(SftpStatus.INVALID_PARAMETER);
        }
    }

    @Test
    void requestsOfOtherVersionsAreNotThere() throws Exception {
        for (int version = 3; version <= 5; version++) {
            NewerClient client = client(version);
            for (SftpMessageNumber message :
                    List.of(SftpMessageNumber.LINK, SftpMessageNumber.BLOCK, SftpMessageNumber.UNBLOCK)) {
                assertThat(client.status(client.path(message, "/a"))).isEqualTo(SftpStatus.OP_UNSUPPORTED);
            }
        }
        NewerClient client = client(6);
        assertThat(client.status(client.path(SftpMessageNumber.SYMLINK, "/a").writeString("/b")))
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
    }

    @ParameterizedTest
    @CsvSource({
        "3,NO_SUCH_FILE,FAILURE,FAILURE",
        "4,NO_SUCH_FILE,FILE_ALREADY_EXISTS,FAILURE",
        "5,NO_SUCH_FILE,FILE_ALREADY_EXISTS,FAILURE",
        "6,NO_SUCH_FILE,FILE_ALREADY_EXISTS,DIR_NOT_EMPTY"
    })
    void eachVersionHasTheStatusesThatItKnows(int version, SftpStatus none, SftpStatus exists, SftpStatus notEmpty)
            throws Exception {
        NewerClient client = client(version);
        Conversation conversation = client.conversation();
        assertThat(client.status(
                        client.withAttributes(client.path(SftpMessageNumber.MKDIR, "/d"), SftpAttributes.NONE)))
                .isEqualTo(SftpStatus.OK);
        client.upload("/d/f", "x");

        assertThat(client.status(client.path(SftpMessageNumber.STAT, "/none"))).isEqualTo(none);
        assertThat(client.status(client.path(SftpMessageNumber.RMDIR, "/d"))).isEqualTo(notEmpty);
        assertThat(client.status(
                        client.withAttributes(conversation.path(SftpMessageNumber.MKDIR, "/d"), SftpAttributes.NONE)))
                .isEqualTo(exists);
    }
}
