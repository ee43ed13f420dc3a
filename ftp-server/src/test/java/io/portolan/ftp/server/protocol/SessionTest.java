package io.portolan.ftp.server.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.server.FtpMessages;
import io.portolan.ftp.server.SiteCommand;
import io.portolan.ftp.server.VirtualHost;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Logging in and out, virtual hosts, events, and the end of the server. */
@SuppressWarnings("try") // servers and connections that are only there
class SessionTest {

    private static void logIn(FtpTestClient client) throws IOException {
        client.expect(331, "USER " + ServerFixture.USER);
        client.expect(230, "PASS " + ServerFixture.PASSWORD);
    }

    @Test
    void theAnswerToUserIsTheSameForEverybody() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            String known = client.expect(331, "USER " + ServerFixture.USER).all();
            assertThat(client.expect(331, "USER nobody").all()).isEqualTo(known);
            String unknownUser = client.expect(530, "PASS x").all();
            client.expect(331, "USER " + ServerFixture.USER);
            assertThat(client.expect(530, "PASS x").all()).isEqualTo(unknownUser);
        }
    }

    @Test
    void commandsOfTheLoginHaveTheirOrder() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(503, "PASS x");
            client.expect(503, "ACCT x");
            logIn(client);
            client.expect(202, "PASS again");
            client.expect(202, "ACCT x");
        }
    }

    @Test
    void aNewUserTakesTheOldOnesRightsAwayAtOnce() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.directory("/d");
            FtpTestClient client = server.login();
            client.expect(250, "CWD d");
            client.expect(350, "REST 5");
            client.expect(331, "USER somebody");
            client.expect(530, "PWD");
            client.expect(530, "PASS wrong");
            client.expect(530, "LIST");
            client.expect(331, "USER " + ServerFixture.USER);
            client.expect(230, "PASS " + ServerFixture.PASSWORD);
            assertThat(client.expect(257, "PWD").text()).startsWith("\"/\" ");
            assertThat(client.expect(211, "STAT").all()).contains("TYPE A");
        }
    }

    @Test
    void reinIsAsIfTheConnectionWereNew() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(200, "OPTS MLST size;");
            client.expect(220, "REIN");
            client.expect(530, "PWD");
            client.expect(503, "PASS x");
            logIn(client);
            assertThat(client.expect(211, "FEAT").all()).contains("MLST type*;");
        }
    }

    @Test
    void theAccountAnswersWhatAnAuthenticatorAsksBeyondThePassword() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.authenticator(request -> {
            if (request.credentials() instanceof Credentials.KeyboardInteractive answers) {
                return "123456".equals(new String(answers.answers().get(0)))
                        ? new AuthenticationResult.Accepted(Identity.of(request.user()))
                        : new AuthenticationResult.Rejected("wrong code");
            }
            return new AuthenticationResult.Continue(List.of());
        }))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER bob");
            client.expect(332, "PASS x");
            client.expect(530, "PWD");
            client.expect(530, "ACCT 000000");
            client.expect(331, "USER bob");
            client.expect(332, "PASS x");
            client.expect(230, "ACCT 123456");
            client.expect(257, "PWD");
        }
    }

    @Test
    void anAuthenticatorThatFailsKeepsEverybodyOut() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.authenticator(request -> {
            throw new IllegalStateException("the directory is down");
        }))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER bob");
            assertThat(client.expect(530, "PASS x").all()).doesNotContain("directory");
        }
    }

    @Test
    void hostChoosesAmongVirtualHosts() throws Exception {
        InMemoryFileSystem other = InMemoryFileSystem.create();
        other.createDirectory(VirtualPath.of("/other"));
        VirtualHost host = new VirtualHost(
                "Files.Example",
                request -> request.user().equals("carol")
                        ? new AuthenticationResult.Accepted(Identity.of("carol"))
                        : new AuthenticationResult.Rejected("not carol"),
                (user, session) -> other,
                FtpMessages.DEFAULT.withGreeting("Welcome to the other one."));
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.virtualHost(host))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(504, "HOST unknown.example");
            client.expect(501, "HOST");
            client.expect(501, "HOST two words");
            client.expect(504, "HOST [::2]");
            client.expect(220, "HOST 127.0.0.1");
            assertThat(client.expect(220, "HOST FILES.example").text()).isEqualTo("Welcome to the other one.");
            client.expect(331, "USER carol");
            client.expect(230, "PASS x");
            client.expect(250, "CWD other");
            client.expect(503, "HOST files.example");
            assertThat(server.server().sessions().get(0).virtualHost()).contains("Files.Example");
            client.expect(220, "REIN");
            client.expect(331, "USER carol");
            client.expect(530, "PASS x");
        }
    }

    @Test
    void hostMakesWhatUserSaidVoid() throws Exception {
        VirtualHost host = new VirtualHost(
                "files.example",
                request -> new AuthenticationResult.Accepted(Identity.of("anybody")),
                (user, session) -> InMemoryFileSystem.create());
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.virtualHost(host))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER " + ServerFixture.USER);
            client.expect(220, "HOST files.example");
            client.expect(503, "PASS x");
        }
    }

    @Test
    void clientsMayTellWhatTheyAre() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(200, "CLNT Tester/1.0");
            assertThat(server.server().sessions().get(0).clientSoftware()).contains("Tester/1.0");
            assertThat(client.expect(200, "CSID Name=Tester; Version=1;").text())
                    .startsWith("Name=");
            client.expect(200, "CLNT " + "x".repeat(5000));
            assertThat(server.server().sessions().get(0).clientSoftware().orElseThrow())
                    .hasSize(128);
        }
    }

    @Test
    void withoutAMechanismSecurityCommandsAreAnsweredAsTheRfcsSay() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(502, "AUTH TLS");
            client.expect(503, "PBSZ 0");
            client.expect(503, "PROT P");
            client.expect(533, "CCC");
            for (String verb : List.of("ADAT", "MIC", "CONF", "ENC")) {
                client.expect(502, verb + " AAAA");
            }
            logIn(client);
        }
    }

    @Test
    void whatHasNoUseHereIsSaidToBeNotImplemented() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(502, "SMNT /");
            client.expect(500, "XYZZY");
            client.expect(502, "HELP XYZZY");
            client.expect(200, "PRET RETR file");
            client.expect(200, "ALLO 100");
        }
    }

    @Test
    void siteCommandsOfOnesOwnAreCalled() throws Exception {
        SiteCommand greet = new SiteCommand() {
            @Override
            public String name() {
                return "GREET";
            }

            @Override
            public String syntax() {
                return "GREET <name>";
            }

            @Override
            public FtpReply run(Call call) throws IOException {
                if (call.argument().isEmpty()) {
                    throw new NoSuchFileException("nobody");
                }
                return FtpReply.of(
                        200,
                        "Hello " + call.argument() + " from "
                                + call.session().user().orElseThrow().name() + " in " + call.directory()
                                + "\r\n500 forged");
            }
        };
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.siteCommand(greet))) {
            FtpTestClient client = server.login();
            assertThat(client.expect(200, "SITE greet Bob").lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("200 Hello Bob from alice in /");
            client.expect(550, "SITE GREET");
            assertThat(client.expect(214, "SITE HELP").all()).contains("\n GREET <name>");
            client.expect(200, "NOOP");
        }
    }

    /** Writes down what it is told. */
    private static final class Diary implements SessionListener {
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void connected(SessionInfo session) {
            lines.add("connected");
        }

        @Override
        public void loggedIn(SessionInfo session) {
            lines.add("logged in " + session.user().orElseThrow().name());
        }

        @Override
        public void loginFailed(SessionInfo session, String user, String reason) {
            lines.add("login failed " + user);
        }

        @Override
        public void transferStarted(SessionInfo session, TransferInfo transfer) {
            lines.add("started " + transfer.direction() + " " + transfer.path());
        }

        @Override
        public void transferCompleted(SessionInfo session, TransferInfo transfer) {
            lines.add("completed " + transfer.path() + " " + transfer.bytes());
        }

        @Override
        public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
            lines.add("aborted " + transfer.path());
        }

        @Override
        public void deleted(SessionInfo session, VirtualPath path) {
            lines.add("deleted " + path);
        }

        @Override
        public void renamed(SessionInfo session, VirtualPath from, VirtualPath to) {
            lines.add("renamed " + from + " " + to);
        }

        @Override
        public void directoryCreated(SessionInfo session, VirtualPath path) {
            lines.add("created " + path);
        }

        @Override
        public void disconnected(SessionInfo session, String reason) {
            lines.add("disconnected");
        }
    }

    @Test
    void listenersAreToldEverythingInItsOrder() throws Exception {
        Diary diary = new Diary();
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.listener(diary))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER mallory");
            client.expect(530, "PASS guess");
            logIn(client);
            client.expect(257, "MKD d");
            client.expect(550, "MKD d");
            client.upload("STOR d/f", "four");
            client.download("RETR d/f");
            client.download("LIST");
            client.expect(350, "RNFR d/f");
            client.expect(250, "RNTO g");
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR h");
                client.expect(426, "ABOR");
                client.expect(226);
            }
            client.expect(250, "DELE g");
            client.expect(550, "DELE g");
            client.expect(250, "RMD d");
            client.expect(221, "QUIT");
            client.expectClosed();
            await().untilAsserted(() -> assertThat(diary.lines).endsWith("disconnected"));
        }
        assertThat(diary.lines)
                .containsExactly(
                        "connected",
                        "login failed mallory",
                        "logged in alice",
                        "created /d",
                        "started UPLOAD /d/f",
                        "completed /d/f 4",
                        "started DOWNLOAD /d/f",
                        "completed /d/f 4",
                        "renamed /d/f /g",
                        "started UPLOAD /h",
                        "aborted /h",
                        "deleted /g",
                        "deleted /d",
                        "disconnected");
    }

    @Test
    void aServerThatStopsLetsTransfersEnd() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient idle = server.login();
            FtpTestClient busy = server.login();
            CompletableFuture<Void> stopped;
            try (TestData data = busy.extendedPassive()) {
                busy.expect(150, "STOR last");
                data.write("half ".getBytes(US_ASCII));
                stopped = server.server().stop(Duration.ofSeconds(60));
                idle.expect(421);
                idle.expectClosed();
                data.write("whole".getBytes(US_ASCII));
                data.end();
                busy.expect(226);
                busy.expect(421);
                busy.expectClosed();
            }
            assertThat(stopped).succeedsWithin(Duration.ofSeconds(60));
            assertThat(server.text("/last")).isEqualTo("half whole");
        }
    }

    @Test
    void aServerThatMustStopAbortsWhatIsLeft() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient busy = server.login();
            try (TestData data = busy.extendedPassive()) {
                busy.expect(150, "STOR last");
                data.write("half".getBytes(US_ASCII));
                assertThat(server.server().stop(Duration.ofMillis(100))).succeedsWithin(Duration.ofSeconds(60));
            }
            assertThat(server.exists("/last")).isFalse();
        }
    }
}
