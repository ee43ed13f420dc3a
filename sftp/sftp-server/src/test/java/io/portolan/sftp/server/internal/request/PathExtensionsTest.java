package io.portolan.sftp.server.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.NewerClient;
import io.portolan.ssh.internal.wire.SshReader;
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
}
