package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.DelegatingFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Code of the application's that throws an {@link Error}, such as after a deployment that lacks a class. */
class ThrownErrorTest {

    private static final class Faulty extends DelegatingFileSystem {
        @Override
        public void close() {
            throw new NoClassDefFoundError("org/example/Files");
        }
    }

    @Test
    void listenersAndFilesThatThrowErrorsKeepNoSession() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        SessionListener faulty = new SessionListener() {
            @Override
            public void disconnected(SessionInfo session, String reason) {
                throw new NoClassDefFoundError("org/example/Listener");
            }
        };
        SessionListener other = new SessionListener() {
            @Override
            public void disconnected(SessionInfo session, String reason) {
                told.add(reason);
            }
        };
        try (ServerFixture server = ServerFixture.inMemory(builder ->
                builder.files((user, session) -> new Faulty()).listener(faulty).listener(other))) {
            FtpTestClient client = server.login();
            client.expect(221, "QUIT");
            client.expectClosed();
            await().until(() -> server.server().sessions().isEmpty());
            assertThat(told).containsExactly("said goodbye");
        }
    }
}
