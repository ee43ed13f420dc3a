package io.portolan.ftp.server.testing;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with a server of its own, and one client that is logged in. */
public abstract class OneClientTest {

    protected ServerFixture server;
    protected FtpTestClient client;

    /** Starts the server, with the files that the test needs. */
    protected abstract ServerFixture serve() throws Exception;

    @BeforeEach
    public final void logIn() throws Exception {
        server = serve();
        client = server.login();
    }

    @AfterEach
    public final void stopServer() throws Exception {
        server.close();
    }
}
