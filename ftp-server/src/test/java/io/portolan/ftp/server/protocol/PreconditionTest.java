package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.internal.command.StandardCommands;
import io.portolan.ftp.server.internal.session.CommandSpec;
import io.portolan.ftp.server.internal.session.Precondition;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestReply;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each verb needs, for every row of the table: a verb that is added is tested with it. */
class PreconditionTest {

    private static ServerFixture server;

    @BeforeAll
    static void start() {
        server = ServerFixture.inMemory();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Stream<CommandSpec> commands() {
        return StandardCommands.table(
                FtpServer.builder().files(InMemoryFileSystem.create()).build())
                .all()
                .stream();
    }

    private static Stream<String> verbsThatNeed(Precondition need) {
        return commands().filter(spec -> spec.needs().contains(need)).map(CommandSpec::verb);
    }

    private static Stream<String> verbsThatNeedALogin() {
        return verbsThatNeed(Precondition.LOGIN);
    }

    private static Stream<String> verbsThatNeedAnArgument() {
        return verbsThatNeed(Precondition.ARGUMENT);
    }

    private static Stream<String> verbsThatTakeNoArgument() {
        return verbsThatNeed(Precondition.NO_ARGUMENT);
    }

    private static Stream<String> verbsThatNeedADataConnection() {
        return verbsThatNeed(Precondition.DATA_CONNECTION);
    }

    private static Stream<String> allVerbs() {
        return commands().map(CommandSpec::verb);
    }

    @Test
    void onlyTheseAreForPeersThatHaveNotLoggedIn() {
        Set<String> open = new TreeSet<>();
        commands()
                .filter(spec -> !spec.needs().contains(Precondition.LOGIN))
                .map(CommandSpec::verb)
                .forEach(open::add);
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "USER", "PASS", "ACCT", "REIN", "QUIT", "NOOP", "HOST", "SMNT", "AUTH", "PBSZ", "PROT", "CCC",
                        "ADAT", "MIC", "CONF", "ENC", "FEAT", "OPTS", "LANG", "SYST", "HELP", "CLNT", "CSID", "ABOR");
    }

    @ParameterizedTest
    @MethodSource("verbsThatNeedALogin")
    void isRefusedBeforeTheLogin(String verb) throws Exception {
        try (FtpTestClient client = FtpTestClient.connect(server.address())) {
            client.expect(220);
            client.expect(530, verb + " x");
            client.expect(331, "USER " + ServerFixture.USER);
            client.expect(530, verb + " x");
        }
    }

    @ParameterizedTest
    @MethodSource("verbsThatNeedAnArgument")
    void isRefusedWithoutAnArgument(String verb) throws Exception {
        try (FtpTestClient client = FtpTestClient.connect(server.address()).login()) {
            client.expect(501, verb);
            client.expect(501, verb + " ");
        }
    }

    @ParameterizedTest
    @MethodSource("verbsThatTakeNoArgument")
    void isRefusedWithAnArgument(String verb) throws Exception {
        try (FtpTestClient client = FtpTestClient.connect(server.address()).login()) {
            client.expect(501, verb + " x");
        }
    }

    @ParameterizedTest
    @MethodSource("verbsThatNeedADataConnection")
    void isRefusedWithoutADataConnection(String verb) throws Exception {
        try (FtpTestClient client = FtpTestClient.connect(server.address()).login()) {
            client.expect(425, verb + " x");
        }
    }

    @ParameterizedTest
    @MethodSource("allVerbs")
    void isExplainedByHelp(String verb) throws Exception {
        try (FtpTestClient client = FtpTestClient.connect(server.address())) {
            client.expect(220);
            TestReply help = client.expect(214, "HELP " + verb);
            assertThat(help.all()).contains(verb);
            assertThat(client.expect(214, "HELP").all()).contains(" " + verb);
        }
    }

    @ParameterizedTest
    @MethodSource("allVerbs")
    void isAnsweredOnceWhateverItsArgument(String verb) throws Exception {
        try (FtpTestClient client = FtpTestClient.connect(server.address()).login()) {
            if (verb.equals("QUIT")) {
                client.expect(221, "QUIT");
                client.expectClosed();
                return;
            }
            for (String argument : new String[] {
                "",
                " ",
                "\"",
                "\"\"",
                "-1",
                "99999999999999999999",
                "%s%n",
                "../../..",
                "a b c d e",
                "💧",
                "*[",
                "/",
                "A\\"
            }) {
                client.command(verb + " " + argument);
            }
            client.send("NOOP");
            assertThat(client.reply().text()).isEqualTo("Still here.");
        }
    }
}
