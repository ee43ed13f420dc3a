package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
