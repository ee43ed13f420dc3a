package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What some servers want to know at the login: HOST (RFC 7151), ACCT (RFC 959, section 4.1.1), CLNT. */
class LoginCommandsTest {

    private NastyServer server;

    @BeforeEach
    void start() {
        server = NastyServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void logIn(UnaryOperator<FtpClient.Builder> settings) throws IOException {
        FtpClient.Builder builder =
                FtpClient.builder().host("127.0.0.1").port(server.port()).user("alice", "secret");
        try (FtpClient client = settings.apply(builder).build();
                BlockingFtpSession session = client.connectBlocking()) {
            assertThat(session.async().isOpen()).isTrue();
        }
    }

    @Test
    void theHostIsNamedBeforeTheUser() throws Exception {
        server.reply("HOST", "220 One of mine.");
        logIn(builder -> builder.virtualHost("ftp.example.org"));
        assertThat(server.commands()).startsWith("HOST ftp.example.org", "USER alice", "PASS secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"504 None of mine.", "502 What is that?", "530 Not any more."})
    void withAnotherHostNobodyLogsIn(String reply) {
        server.reply("HOST", reply);
        assertThatThrownBy(() -> logIn(builder -> builder.virtualHost("ftp.example.org")))
                .isInstanceOf(FtpReplyException.class)
                .hasMessageContaining("HOST ftp.example.org");
        assertThat(server.verbs()).doesNotContain("USER", "PASS");
    }

    @Test
    void anAccountIsToldWhereItIsNeeded() throws Exception {
        server.reply("PASS", "332 Whose account?").reply("ACCT", "230 Welcome.");
        logIn(builder -> builder.account("books"));
        assertThat(server.commands()).startsWith("USER alice", "PASS secret", "ACCT books");
    }

    @Test
    void anAccountMayBeNeededInsteadOfAPassword() throws Exception {
        server.reply("USER", "332 Whose account?").reply("ACCT", "202 Welcome.");
        logIn(builder -> builder.account("books"));
        assertThat(server.commands()).startsWith("USER alice", "ACCT books");
        assertThat(server.verbs()).doesNotContain("PASS");
    }

    @Test
    void anAccountIsNotToldWhereNobodyAsks() throws Exception {
        logIn(builder -> builder.account("books"));
        assertThat(server.verbs()).doesNotContain("ACCT");
    }

    @Test
    void withoutTheAccountThatIsNeededNobodyLogsIn() {
        server.reply("PASS", "332 Whose account?");
        assertThatThrownBy(() -> logIn(builder -> builder)).isInstanceOf(FtpReplyException.class);
        server.reply("ACCT", "530 Nobody's.");
        assertThatThrownBy(() -> logIn(builder -> builder.account("books")))
                .isInstanceOf(FtpReplyException.class)
                .hasMessageNotContaining("books");
    }

    @Test
    void theClientIsNamedWhereThatIsKnown() throws Exception {
        server.features("CLNT");
        logIn(builder -> builder.clientName("tests 1.0"));
        assertThat(server.commands()).contains("CLNT tests 1.0");
    }

    @Test
    void aServerNeedNotCareWhoTheClientIs() throws Exception {
        server.features("CLNT").reply("CLNT", "500 And?");
        logIn(builder -> builder.clientName("tests 1.0"));
        server.features("SIZE").on("CLNT", (session, argument) -> session.close());
        logIn(builder -> builder.clientName("tests 1.0"));
        assertThat(server.verbs().stream().filter(verb -> verb.equals("CLNT"))).hasSize(1);
    }
}
