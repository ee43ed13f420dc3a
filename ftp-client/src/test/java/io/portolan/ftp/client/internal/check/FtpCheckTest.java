package io.portolan.ftp.client.internal.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.check.Blame;
import io.portolan.check.CheckReport;
import io.portolan.check.CheckStep;
import io.portolan.check.Outcome;
import io.portolan.ftp.client.internal.check.CheckSettings.Protection;
import io.portolan.testing.FullPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each diagnosis against a server that is set up in that way. */
class FtpCheckTest {

    private static final Duration SHORT = Duration.ofMillis(700);

    @TempDir
    private Path folder;

    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private CheckReport check(Protection protection, boolean insecure) {
        return check(protection, "127.0.0.1", server.port(), insecure);
    }

    private static CheckReport check(Protection protection, String host, int port, boolean insecure) {
        return new FtpCheck(new CheckSettings(
                        protection,
                        host,
                        port,
                        "alice",
                        "wonderland",
                        insecure,
                        Optional.empty(),
                        SHORT,
                        SHORT,
                        Duration.ofSeconds(30)))
                .run();
    }

    private static CheckStep step(CheckReport report, String name) {
        return report.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFound(CheckReport report, String name, Outcome outcome, String code, Blame blame) {
        CheckStep step = step(report, name);
        assertThat(step.outcome()).as(report.toText()).isEqualTo(outcome);
        assertThat(step.diagnosis()).hasValueSatisfying(found -> {
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.blame()).isEqualTo(blame);
            assertThat(found.culprit()).isNotEmpty();
            assertThat(found.advice()).isNotEmpty();
        });
        if (outcome == Outcome.FAILED) {
            assertThat(report.isHealthy()).isFalse();
        }
    }

    private void assertFirst(CheckReport report, String name, String code, Blame blame) {
        assertFound(report, name, Outcome.FAILED, code, blame);
        assertThat(report.firstFailure()).contains(step(report, name));
    }

    @Test
    void aServerThatIsSetUpWellPassesEverything() {
        CheckReport report = check(Protection.NONE, false);

        assertThat(report.isHealthy()).as(report.toText()).isTrue();
        assertThat(report.steps())
                .filteredOn(step -> step.outcome() == Outcome.PASSED)
                .extracting(CheckStep::name)
                .contains("control-port", "greeting", "login", "features", "epsv", "pasv", "listing", "active-mode");
    }

    @Test
    void aNameThatNobodyKnows() {
        CheckReport report = check(Protection.NONE, "no-such-host.invalid", 21, false);

        assertFirst(report, "name", "name-unknown", Blame.REQUEST);
        assertThat(report.steps().subList(1, report.steps().size()))
                .extracting(CheckStep::outcome)
                .containsOnly(Outcome.SKIPPED);
    }

    @Test
    void aControlPortOnWhichNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        CheckReport report = check(Protection.NONE, "127.0.0.1", port, false);

        assertFirst(report, "control-port", "control-port-refused", Blame.SERVER);
        assertThat(step(report, "control-port").message()).contains("127.0.0.1:" + port);
    }

    @Test
    void aControlPortThatAFirewallDrops() throws IOException {
        try (FullPort full = new FullPort()) {
            assertFirst(
                    check(Protection.NONE, "127.0.0.1", full.port(), false),
                    "control-port",
                    "control-port-filtered",
                    Blame.NETWORK);
        }
    }

    @Test
    void aPassivePortThatAFirewallDrops() throws IOException {
        try (FullPort full = new FullPort()) {
            server.on("EPSV", "229 ok (|||" + full.port() + "|)");

            CheckReport report = check(Protection.NONE, false);

            assertFirst(report, "epsv", "passive-port-filtered", Blame.NETWORK);
            assertThat(step(report, "epsv").diagnosis().orElseThrow().culprit()).isEqualTo("127.0.0.1:" + full.port());
        }
    }

    @Test
    void aServerThatSaysNothing() {
        assertFirst(check(Protection.NONE, false, null), "greeting", "no-greeting", Blame.SERVER);
    }

    private CheckReport check(Protection protection, boolean insecure, String greeting) {
        server.greets(greeting);
        return check(protection, insecure);
    }

    @Test
    void aServerThatIsFull() {
        assertFirst(check(Protection.NONE, false, "421 too many\r\n"), "greeting", "server-refuses", Blame.SERVER);
    }

    @Test
    void ftpSpokenToAnSshPort() {
        assertFirst(check(Protection.NONE, false, "SSH-2.0-OpenSSH_9.2\r\n"), "greeting", "ssh-on-port", Blame.REQUEST);
    }

    @Test
    void ftpSpokenToSomethingElse() {
        assertFirst(
                check(Protection.NONE, false, "HTTP/1.1 400 Bad Request\r\n\r\n"),
                "greeting",
                "http-on-port",
                Blame.REQUEST);
        assertFirst(check(Protection.NONE, false, "* OK imap\r\n"), "greeting", "not-ftp", Blame.REQUEST);
    }

    @Test
    void theClearSpokenToAPortOfImplicitTls() throws Exception {
        server.implicitTls(TestCertificates.make(folder, "ip:127.0.0.1", "-1d", 100));

        assertFirst(check(Protection.NONE, false), "greeting", "implicit-tls-on-port", Blame.REQUEST);
        assertFirst(check(Protection.EXPLICIT, false), "greeting", "implicit-tls-on-port", Blame.REQUEST);
    }

    @Test
    void implicitTlsSpokenToAPortThatBeginsInTheClear() {
        assertFirst(check(Protection.IMPLICIT, false), "tls", "explicit-tls-on-port", Blame.REQUEST);
    }

    @Test
    void implicitTlsSpokenToAnSshPort() {
        assertFirst(check(Protection.IMPLICIT, false, "SSH-2.0-OpenSSH_9.2\r\n"), "tls", "ssh-on-port", Blame.REQUEST);
    }

    @Test
    void aServerWithoutTls() {
        server.on("AUTH", "502 what");

        assertFirst(check(Protection.EXPLICIT, false), "auth-tls", "tls-not-offered", Blame.SERVER);
        assertThat(server.asked()).noneMatch(line -> line.startsWith("PASS"));
    }

    @Test
    void textBetweenAuthAndTheHandshake() {
        server.on("AUTH", "234 now\r\n230 you are in");

        assertFirst(check(Protection.EXPLICIT, false), "auth-tls", "injected-before-tls", Blame.NETWORK);
    }

    @Test
    void aServerThatSpeaksOldTlsOnly() {
        // a fatal alert, protocol_version (RFC 8446, section 6.2)
        server.answersHelloBy((byte) 0x15, (byte) 3, (byte) 1, (byte) 0, (byte) 2, (byte) 2, (byte) 70);

        assertFirst(check(Protection.EXPLICIT, false), "tls", "tls-too-old", Blame.SERVER);
    }

    @Test
    void aFirewallThatDropsTheHandshake() {
        server.answersHelloBy();

        assertFirst(check(Protection.EXPLICIT, false), "tls", "tls-handshake-stalls", Blame.NETWORK);
    }

    @Test
    void textInsteadOfTheHandshake() {
        assertFirst(check(Protection.EXPLICIT, false), "tls", "tls-handshake-fails", Blame.SERVER);
    }

    @Test
    void aCertificateThatHasExpired() throws Exception {
        server.tls(TestCertificates.make(folder, "ip:127.0.0.1", "-30d", 10));

        CheckReport report = check(Protection.EXPLICIT, false);

        assertFirst(report, "tls", "certificate-expired", Blame.SERVER);
        assertThat(server.asked()).noneMatch(line -> line.startsWith("PASS"));
        assertFound(check(Protection.EXPLICIT, true), "tls", Outcome.WARNED, "certificate-expired", Blame.SERVER);
    }

    @Test
    void aCertificateThatIsNotValidYet() throws Exception {
        server.tls(TestCertificates.make(folder, "ip:127.0.0.1", "+10d", 10));

        assertFirst(check(Protection.EXPLICIT, false), "tls", "certificate-not-yet-valid", Blame.SERVER);
    }

    @Test
    void aCertificateThatNobodyHasSigned() throws Exception {
        server.tls(TestCertificates.make(folder, "ip:127.0.0.1", "-1d", 100));

        CheckReport report = check(Protection.EXPLICIT, false);

        assertFirst(report, "tls", "certificate-self-signed", Blame.SERVER);
        assertThat(step(report, "tls").message()).contains("SHA-256", "TLSv1.3");
        assertThat(server.asked()).noneMatch(line -> line.startsWith("PASS"));
    }

    @Test
    void withTlsEverythingPassesBesideTheCertificate() throws Exception {
        server.tls(TestCertificates.make(folder, "ip:127.0.0.1", "-1d", 100));

        CheckReport report = check(Protection.EXPLICIT, true);

        assertThat(report.isHealthy()).as(report.toText()).isTrue();
        assertThat(step(report, "listing").message()).contains("TLS session resumed");
        assertThat(step(report, "tls-session-reuse").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(step(report, "active-mode").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aDataConnectionWithSomebodyElsesCertificate() throws Exception {
        server.tls(TestCertificates.make(Files.createDirectory(folder.resolve("a")), "ip:127.0.0.1", "-1d", 100))
                .dataTls(TestCertificates.make(Files.createDirectory(folder.resolve("b")), "ip:127.0.0.1", "-1d", 100));

        CheckReport report = check(Protection.EXPLICIT, true);

        assertFound(report, "listing", Outcome.FAILED, "data-certificate", Blame.NETWORK);
        assertThat(server.asked()).noneMatch(line -> line.startsWith("STOR"));
    }

    @Test
    void anInterruptEndsIt() {
        server.greets(null);
        Thread checking = Thread.currentThread();
        Thread interrupting = new Thread(() -> {
            await().until(() -> server.isVisited());
            checking.interrupt();
        });
        interrupting.start();
        CheckReport report = new FtpCheck(new CheckSettings(
                        Protection.NONE,
                        "127.0.0.1",
                        server.port(),
                        "alice",
                        "wonderland",
                        false,
                        Optional.empty(),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5)))
                .run();

        assertThat(Thread.interrupted()).isTrue();
        // the server may have been reached before the client knows of it
        CheckStep first = report.firstFailure().orElseThrow();
        assertThat(first.name()).isIn("control-port", "greeting");
        if (first.name().equals("greeting")) {
            assertFirst(report, "greeting", "interrupted", Blame.REQUEST);
        }
    }

    @Test
    void aServerThatLetsNobodyInWithoutTls() {
        server.on("USER", "530 TLS first");

        assertFirst(check(Protection.NONE, false), "login", "tls-required", Blame.REQUEST);
    }

    @Test
    void aWrongPassword() {
        server.on("PASS", "530 no");

        CheckReport report = check(Protection.NONE, false);

        assertFirst(report, "login", "login-refused", Blame.REQUEST);
        assertThat(report.toText() + report.toJson()).doesNotContain("wonderland");
    }

    @Test
    void tooManySessionsOfThisUser() {
        server.on("PASS", "421 too many");

        assertFirst(check(Protection.NONE, false), "login", "too-many-logins", Blame.SERVER);
    }

    @Test
    void aPassivePortThatAFirewallRejects() {
        server.listensForData(false);

        CheckReport report = check(Protection.NONE, false);

        assertFirst(report, "epsv", "passive-port-refused", Blame.NETWORK);
        assertFound(report, "pasv", Outcome.FAILED, "passive-port-refused", Blame.NETWORK);
        assertThat(step(report, "listing").outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(step(report, "active-mode").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aPrivateAddressIn227() {
        server.on("PASV", "227 ok (10,1,2,3,HI,LO)");

        CheckReport report = check(Protection.NONE, false);

        assertFound(report, "pasv", Outcome.WARNED, "private-address-in-227", Blame.SERVER);
        assertThat(step(report, "pasv").message()).contains("10.1.2.3");
    }

    @Test
    void aWrongExternalAddressIn227WithAPortThatIsClosed() {
        server.on("PASV", "227 ok (203,0,113,9,HI,LO)").on("EPSV", "502 no").listensForData(false);

        assertFirst(check(Protection.NONE, false), "pasv", "wrong-address-in-227", Blame.SERVER);
    }

    @Test
    void dataThatNeverCome() {
        server.sendsData(false);

        assertFirst(check(Protection.NONE, false), "listing", "data-stalls", Blame.NETWORK);
    }

    @Test
    void aServerThatDoesNotSeeTheDataConnection() {
        server.on("LIST", "425 no connection");

        assertFirst(check(Protection.NONE, false), "listing", "data-connection-not-seen", Blame.NETWORK);
    }

    @Test
    void aServerThatDemandsProtectedData() {
        server.on("LIST", "521 protect it");

        assertFirst(check(Protection.NONE, false), "listing", "data-protection-demanded", Blame.REQUEST);
    }

    @Test
    void aServerThatDemandsSessionReuseInVain() throws Exception {
        server.tls(TestCertificates.make(folder, "ip:127.0.0.1", "-1d", 100)).on("LIST", "522 session reuse required");

        assertFirst(check(Protection.EXPLICIT, true), "listing", "session-reuse-demanded", Blame.CLIENT);
    }

    @Test
    void activeModeThatIsOff() {
        server.on("PORT", "500 no");

        assertFound(check(Protection.NONE, false), "active-mode", Outcome.WARNED, "active-mode-off", Blame.SERVER);
    }

    @Test
    void aControlConnectionThatIsDroppedInTheMiddle() {
        server.on("FEAT", "CLOSE");

        assertFirst(check(Protection.NONE, false), "features", "closed-in-the-middle", Blame.SERVER);
    }

    @Test
    void aReplyThatNeverComes() {
        server.on("EPSV", "");

        CheckReport report = check(Protection.NONE, false);

        assertFirst(report, "epsv", "no-reply", Blame.NETWORK);
        assertThat(step(report, "listing").outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Test
    void repliesThatNobodyUnderstands() {
        server.on("FEAT", "what do you want");

        assertFirst(check(Protection.NONE, false), "features", "not-understood", Blame.SERVER);
    }

    @Test
    void whatTheServerSaysCannotSteerATerminal() {
        CheckReport report = check(Protection.NONE, false, "220 \u001b[2J hello\r\n");

        assertThat(report.toText()).doesNotContain("\u001b");
        assertThat(report.toJson())
                .startsWith("{\"endpoint\":\"ftp://127.0.0.1:")
                .doesNotContain("\n");
    }

    @Test
    void aServerThatTricklesIsLeftWhenTheTimeIsOver() {
        server.greets("2");
        CheckReport report = new FtpCheck(new CheckSettings(
                        Protection.NONE,
                        "127.0.0.1",
                        server.port(),
                        "alice",
                        "wonderland",
                        false,
                        Optional.empty(),
                        SHORT,
                        Duration.ofMinutes(5),
                        SHORT))
                .run();

        assertFirst(report, "greeting", "too-slow", Blame.SERVER);
    }

    @Test
    void noThreadIsLeft() {
        check(Protection.NONE, false);

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("portolan-check-deadline");
        assertThat(List.of(server.asked().get(server.asked().size() - 1))).containsExactly("QUIT");
    }
}
