package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.portolan.fs.FileType;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.SftpStatusException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** All of it with AsyncSSH. */
final class AsyncSshTest extends ForeignServerCase {

    @Override
    ForeignServer startServer() throws Exception {
        return AsyncSsh.start();
    }

    /**
     * Some versions go on sending content within a key exchange, which RFC 4253, section 7.1, forbids, and which has no limit: such a connection ends when keys are due, and it is told why.
     */
    @Test
    @Override
    void keysAreRenewedWhileFilesMoveBothWaysAtATime() {
        Throwable end = catchThrowable(super::keysAreRenewedWhileFilesMoveBothWaysAtATime);
        if (end != null) {
            assertThat(end).hasMessageContaining("message 94 within a key exchange");
        }
    }

    @Override
    void readsLinksToPathsFromTheirFolder(int version) {
        // it does not, see below
    }

    /**
     * The server's fault, of AsyncSSH 2.10.1 whose {@code SFTPServer} has a {@code chroot}: a target that does not begin with that folder's path is taken for one outside of it, and told of as missing. The client
     * can tell that there is a link, and has it followed.
     */
    @Test
    void isToldByAServerWithARootThatALinkToAPathFromItsFolderIsMissing() throws Exception {
        try (BlockingSftpSession session = session(3)) {
            String folder = folder(session, "from-folder");
            Files.createSymbolicLink(local(folder).resolve("link"), Path.of("file"));
            assertThatThrownBy(() -> session.readLink(folder + "/link"))
                    .isInstanceOfSatisfying(
                            SftpStatusException.class,
                            refused -> assertThat(refused.isNotFound()).isTrue());
            assertThat(session.statLink(folder + "/link").orElseThrow().type()).isEqualTo(FileType.SYMBOLIC_LINK);
        }
    }
}
