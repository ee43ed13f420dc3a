package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.transfer.TransferSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is there after a client is not there any more. */
class ClientCloseTest extends ClientTest {

    /** Netty's global executor has a thread that stays for a second behind the last thing it did; to close a client waits for it. */
    private static Set<Thread> globalThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("globalEventExecutor"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(DataMode.class)
    void nothingIsLeftToNettysGlobalExecutor(DataMode mode) throws Exception {
        Set<Thread> before = globalThreads();
        FtpClient other = another(builder -> builder.dataMode(mode));
        try (other;
                BlockingFtpSession session = other.connectBlocking()) {
            session.upload(TransferSource.fromBytes(new byte[1000]), "/file", UploadOptions.defaults());
            assertThat(session.list("/")).hasSize(1);
        }
        server.close();
        assertThat(globalThreads()).isSubsetOf(before);
    }
}
