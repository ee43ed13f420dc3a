package io.portolan.sftp.server.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileInfo;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.SeenPrincipals;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathExtensionsTest {

    private NewerClient client;

    @BeforeEach
    void connect() throws Exception {
        client = new NewerClient(InMemoryFileSystem.create(), 3);
    }

    @ParameterizedTest
    @CsvSource({"~,/", "~/a/../b,/b", "~//c,/c", "a,/a", "/x/./y,/x/y", "a~b,/a~b"})
    void aTildeIsTheHomeDirectory(String path, String expanded) {
        assertThat(Conversation.names(
                        client.ask(client.extended("expand-path@openssh.com").writeString(path))))
                .containsExactly(expanded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~root", "~bob/x", "~.."})
    void nothingIsToldOfOtherUsers(String path) {
        assertThat(client.status(client.extended("expand-path@openssh.com").writeString(path)))
                .isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(client.status(client.extended("home-directory").writeString(path.substring(1))))
                .isEqualTo(SftpStatus.PERMISSION_DENIED);
    }

    @Test
    void theHomeDirectoryIsToldToWhoeverAsksForTheirOwn() {
        assertThat(Conversation.names(
                        client.ask(client.extended("home-directory").writeString(""))))
                .containsExactly("/");
    }

    @Test
    void theRoomIsTold() throws Exception {
        client = new NewerClient(InMemoryFileSystem.create(), 6);
        SshReader reply =
                client.extendedReply(client.extended("space-available").writeString("/"));

        long total = reply.readUint64();
        long free = reply.readUint64();
        assertThat(free).isBetween(0L, total);
        assertThat(reply.readUint64()).isEqualTo(total);
        assertThat(reply.readUint64()).isBetween(0L, free);
        assertThat(reply.readUint32()).isZero();
        assertThat(reply.remaining()).isZero();
        assertThat(client.status(client.extended("space-available").writeString("/none")))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    private static FileInfo owned(int user, String owner, int group, String groupName) {
        return FileInfo.file(1, Instant.EPOCH).toBuilder()
                .ownerId(user)
                .owner(owner)
                .groupId(group)
                .group(groupName)
                .build();
    }

    @Test
    void onlyNamesThatListingsHaveToldAreToldByTheirNumbers() throws Exception {
        SshWriter users = new SshWriter().writeUint32(0).writeUint32(0xffff_ffffL);
        SshReader reply = client.extendedReply(client.extended("users-groups-by-id@openssh.com")
                .writeString(users.toByteArray())
                .writeString(new byte[4]));

        assertThat(reply.readString()).as("two empty names").containsExactly(0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(reply.readString()).as("one").containsExactly(0, 0, 0, 0);
        SeenPrincipals seen = new SeenPrincipals();
        seen.see(owned(5, "joe", 6, "staff"));
        assertThat(seen.user(5)).isEqualTo("joe");
        assertThat(seen.group(6)).isEqualTo("staff");
        assertThat(seen.user(6) + seen.group(5)).isEmpty();
        for (int i = 10; i < 5000; i++) {
            seen.see(owned(i, "user" + i, i, "group" + i));
        }
        assertThat(seen.user(1000)).isEqualTo("user1000");
        assertThat(seen.user(4999)).as("beyond the bound").isEmpty();
        assertThat(seen.user(5)).isEqualTo("joe");
    }

    @Test
    void numbersAreTurnedIntoNamesOnlySoManyAtATime() {
        SshWriter request = client.extended("users-groups-by-id@openssh.com");
        assertThat(client.status(request.writeString(new byte[4 * 1025]).writeString("")))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(client.status(client.extended("users-groups-by-id@openssh.com")
                        .writeString(new byte[3])
                        .writeString("")))
                .isEqualTo(SftpStatus.BAD_MESSAGE);
    }
}
