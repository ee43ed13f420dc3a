package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ABOR as urgent data (RFC 959 §4.1.3, RFC 854), while the client has stopped reading a download. */
class UrgentAbortTest {

    private static final int IAC = 255;
    private static final int INTERRUPT_PROCESS = 244;
    private static final int DATA_MARK = 242;

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void isHeardWhenItsLineFeedIsUrgent(TransportKind kind) throws Exception {
        try (ServerFixture server = server(kind)) {
            FtpTestClient client = server.login();
            TestData data = stalledDownload(client);
            client.sendRaw("ABOR\r");
            client.control().sendUrgentData('\n');
            expectAborted(client, data);
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void isHeardBehindTelnetsSynch(TransportKind kind) throws Exception {
        try (ServerFixture server = server(kind)) {
            FtpTestClient client = server.login();
            TestData data = stalledDownload(client);
            client.sendRaw(new byte[] {(byte) IAC, (byte) INTERRUPT_PROCESS, (byte) IAC});
            client.control().sendUrgentData(DATA_MARK);
            client.sendRaw("ABOR\r\n");
            expectAborted(client, data);
        }
    }

    private static ServerFixture server(TransportKind kind) throws Exception {
        ServerFixture server;
        try {
            server = ServerFixture.inMemory(settings -> settings.transport(TransportOptions.builder()
                    .kind(kind)
                    .eventLoopThreads(1)
                    .workerThreads(2)
                    .build()));
        } catch (IllegalStateException e) {
            Assumptions.abort(e.getMessage());
            throw e;
        }
        server.write("/big", new byte[32 << 20]);
        return server;
    }

    private static TestData stalledDownload(FtpTestClient client) throws Exception {
        TestData data = client.extendedPassive();
        client.expect(150, "RETR big");
        assertThat(data.read(1)).hasSize(1);
        return data;
    }

    private static void expectAborted(FtpTestClient client, TestData data) throws Exception {
        client.expect(426);
        client.expect(226);
        data.close();
        client.expect(200, "NOOP");
    }
}
