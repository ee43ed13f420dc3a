package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.check.Blame;
import io.portolan.check.CheckReport;
import io.portolan.check.CheckStep;
import io.portolan.check.Outcome;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.RawServer;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.FaultyFiles;
import io.portolan.testing.FreePorts;
import io.portolan.testing.FullPort;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each diagnosis against a server that is set up in that way. */
final class SftpEndpointCheckTest {

    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration ENOUGH = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static SftpEndpointCheck.Builder check(int port) {
        return SftpEndpointCheck.of(URI.create("sftp://alice@127.0.0.1:" + port));
    }

    private static SftpEndpointCheck.Builder check(ServerFixture server) {
        return check(server.port())
                .login(ServerFixture.USER, SshLogin.password(ServerFixture.PASSWORD))
                .hostKeys(HostKeys.of(server.known()));
    }

    private static CheckStep step(CheckReport report, String name) {
        return report.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CheckStep assertFirst(SftpEndpointCheck.Builder check, String name, String code, Blame blame) {
        return assertFirst(check.build().run(), name, code, blame);
    }

    private static CheckStep assertFirst(CheckReport report, String name, String code, Blame blame) {
        CheckStep step = step(report, name);
        assertThat(report.firstFailure()).as(report.toText()).contains(step);
        assertDiagnosis(report, step, code, blame);
        return step;
    }

    private static void assertDiagnosis(CheckReport report, CheckStep step, String code, Blame blame) {
        assertThat(step.diagnosis()).as(report.toText()).hasValueSatisfying(found -> {
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.blame()).isEqualTo(blame);
            assertThat(found.culprit()).isNotEmpty();
            assertThat(found.advice()).isNotEmpty();
        });
    }

    // --- all is well

    @Test
    void aServerThatIsSetUpWellPassesEverything() {
        try (ServerFixture server = ServerFixture.start()) {
            CheckReport report = check(server).upload("checked.tmp").build().run();

            assertThat(report.steps())
                    .as(report.toText())
                    .allMatch(step -> step.outcome() == Outcome.PASSED)
                    .extracting(CheckStep::name)
                    .containsExactly(
                            "name",
                            "port",
                            "banner",
                            "algorithms",
                            "host-key",
                            "login",
                            "subsystem",
                            "version",
                            "listing",
                            "upload");
            assertThat(step(report, "host-key").message())
                    .contains("ssh-ed25519 SHA256:", "known by the known hosts that were configured, line 1");
            assertThat(step(report, "login").message())
                    .contains("alice is let in by the password: taken", "the server's methods are ")
                    .doesNotContain(ServerFixture.PASSWORD);
            assertThat(step(report, "version").message()).contains("version ", "limits@openssh.com", "octets are read");
        }
    }

    @Test
    void tellsOfOpensshWhatWasTriedBeforeTheRightKey() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path wrong = keys.key("wrong", "ed25519");
        Path right = keys.key("right", "ecdsa");
        SshLogin login = SshLogin.builder().identity(wrong).identity(right).build();
        try (Openssh server = openssh(List.of(SshKeys.publicHalf(right)))) {
            CheckReport report = server.check(login).build().run();

            assertThat(report.isHealthy()).as(report.toText()).isTrue();
            assertThat(step(report, "host-key").message()).contains("known_hosts, line 1");
            assertThat(step(report, "login").message())
                    .contains("is let in by the key " + right, "before that the key " + wrong, "refused");
        }
    }

    // --- the way to the server

    @Test
    void aNameThatNobodyKnows() {
        assertFirst(
                SftpEndpointCheck.of(URI.create("sftp://no-such-host.invalid")), "name", "name-unknown", Blame.REQUEST);
    }

    @Test
    void aPortThatRefuses() throws Exception {
        assertFirst(check(FreePorts.inARow(1)), "port", "port-refused", Blame.SERVER);
    }

    @Test
    void aPortThatAFirewallCloses() throws Exception {
        try (FullPort port = new FullPort()) {
            assertFirst(check(port.port()).connectTime(SHORT), "port", "port-filtered", Blame.NETWORK);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'220 ready\r\n', ftp-on-port, REQUEST",
        "'220 mail.example.org ESMTP\r\n', not-ssh, REQUEST",
        "'HTTP/1.1 400 Bad Request\r\n', http-on-port, REQUEST",
        "'\u0015\u0003\u0001\u0000\u0002\u0002F', tls-on-port, REQUEST",
        "'RFB 003.008\n', refused-before-banner, SERVER",
        "'Not allowed at this time\r\n', refused-before-banner, SERVER",
        "'SSH-1.5-old\r\n', not-ssh-2, SERVER",
        "'', closed-before-banner, SERVER"
    })
    void aPortThatSpeaksSomethingElse(String said, String code, Blame blame) throws Exception {
        try (RawServer server = new RawServer(socket -> {
            // so that the end of the connection is no reset
            new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
        })) {
            assertFirst(check(server.port()), "banner", code, blame);
        }
    }

    @Test
    void aServerThatSaysNothing() throws Exception {
        try (RawServer server = new RawServer(RawServer::drain)) {
            assertFirst(check(server.port()).replyTime(SHORT), "banner", "no-banner", Blame.SERVER);
        }
    }

    @Test
    void aServerThatDripsDoesNotKeepTheCheckForEver() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = new RawServer(socket -> {
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write("word\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            assertFirst(check(server.port()).limit(SHORT), "banner", "too-slow", Blame.SERVER);
            over.countDown();
        }
    }

    @Test
    void anInterruptEndsIt() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        try (RawServer server = new RawServer(socket -> {
            reached.countDown();
            RawServer.drain(socket);
        })) {
            AtomicReference<CheckReport> report = new AtomicReference<>();
            AtomicReference<Boolean> still = new AtomicReference<>(false);
            Thread runner = new Thread(() -> {
                report.set(check(server.port()).replyTime(ENOUGH).build().run());
                still.set(Thread.currentThread().isInterrupted());
            });
            runner.start();
            reached.await();
            runner.interrupt();
            runner.join();
            // the server may have been reached before the client knows of it
            CheckStep first = report.get().firstFailure().orElseThrow();
            assertThat(first.name()).isIn("port", "banner");
            assertDiagnosis(report.get(), first, "interrupted", Blame.REQUEST);
            assertThat(still.get()).isTrue();
        }
    }

    // --- algorithms

    @ParameterizedTest
    @CsvSource({
        "KexAlgorithms diffie-hellman-group14-sha1, no-common-key-exchange",
        "Ciphers aes128-cbc, no-common-cipher",
        "'Ciphers aes128-ctr\nMACs umac-64@openssh.com', no-common-mac",
        "HostKeyAlgorithms ssh-rsa, no-common-host-key"
    })
    void aServerWithNothingButWhatNobodyTakes(String setting, String code) throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path host = keys.key("rsa-host", "rsa");
        try (SshdFixture server = SshdFixture.start(folder, List.of(host), List.of(), setting)) {
            CheckStep step = assertFirst(check(server.port()), "algorithms", code, Blame.SERVER);
            assertThat(step.message()).contains("the server has ", "this client ");
        }
    }

    @Test
    void aClientThatWasToldToProposeTooLittle() {
        try (ServerFixture server =
                ServerFixture.with(settings -> settings.user(ServerFixture.USER, ServerFixture.PASSWORD)
                        .algorithms(SshAlgorithms.compatible().withCiphers(List.of("aes256-ctr"))))) {
            CheckStep step = assertFirst(
                    check(server).algorithms(SshAlgorithms.compatible().withCiphers(List.of("aes128-ctr"))),
                    "algorithms",
                    "no-common-cipher",
                    Blame.REQUEST);
            assertThat(step.diagnosis().orElseThrow().advice()).contains("aes256-ctr");
        }
    }

    /** Up to its lists of algorithms; then it waits. */
    private static RawServer beginning(AlgorithmProposal algorithms) throws Exception {
        return new RawServer(socket -> {
            socket.getOutputStream().write("SSH-2.0-script\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(packet(new KexInit(algorithms, false).encode(new SecureRandom())));
            RawServer.drain(socket);
        });
    }

    private static byte[] packet(byte[] payload) {
        int padding = 16 - (5 + payload.length) % 8;
        return new SshWriter()
                .writeUint32(1L + payload.length + padding)
                .writeByte(padding)
                .writeBytes(payload)
                .writeBytes(new byte[padding])
                .toByteArray();
    }

    private static AlgorithmProposal proposal(String keyExchange, String cipher) {
        return AlgorithmProposal.symmetric(
                List.of(keyExchange),
                List.of("ssh-ed25519"),
                List.of(cipher),
                List.of("hmac-sha2-256"),
                List.of("none"));
    }

    @Test
    void aCipherThatIsNotSafeWithoutStrictKeyExchange() throws Exception {
        try (RawServer server = beginning(proposal("curve25519-sha256", "chacha20-poly1305@openssh.com"))) {
            CheckReport report = check(server.port()).replyTime(SHORT).build().run();

            CheckStep algorithms = step(report, "algorithms");
            assertThat(algorithms.outcome()).isEqualTo(Outcome.WARNED);
            assertDiagnosis(report, algorithms, "terrapin", Blame.SERVER);
            // and it does not go on when it has got what it asked for
            assertFirst(report, "host-key", "key-exchange-stalls", Blame.NETWORK);
        }
    }

    @Test
    void aServerWithoutTheStrictKeyExchangeThatIsRequired() throws Exception {
        try (RawServer server = beginning(proposal("curve25519-sha256", "aes128-ctr"))) {
            assertFirst(
                    check(server.port()).algorithms(SshAlgorithms.compatible().withStrictKeyExchangeRequired()),
                    "algorithms",
                    "strict-key-exchange-missing",
                    Blame.SERVER);
        }
    }

    @Test
    void aServerThatSaysGoodbyeInsteadOfItsAlgorithms() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write("SSH-2.0-script\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream()
                    .write(packet(new SshWriter()
                            .writeByte(1)
                            .writeUint32(12)
                            .writeString("too many of you")
                            .writeString("")
                            .toByteArray()));
            RawServer.drain(socket);
        })) {
            CheckStep step = assertFirst(check(server.port()), "algorithms", "closed-in-the-middle", Blame.SERVER);
            assertThat(step.message()).contains("too many of you");
        }
    }

    @Test
    void aServerWhoseAlgorithmsMakeNoSense() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write("SSH-2.0-script\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(packet(new byte[] {20, 1, 2, 3}));
            RawServer.drain(socket);
        })) {
            assertFirst(check(server.port()), "algorithms", "key-exchange-malformed", Blame.SERVER);
        }
    }

    // --- the host's key

    @Test
    void aHostOfWhichNothingIsKnown() {
        try (ServerFixture server = ServerFixture.start()) {
            CheckStep step =
                    assertFirst(check(server).hostKeys(HostKeys.of("")), "host-key", "host-key-unknown", Blame.CLIENT);
            assertThat(step.message()).contains("[127.0.0.1]:" + server.port() + " ssh-ed25519 AAAA");
            assertThat(step.diagnosis().orElseThrow().culprit()).startsWith("SHA256:");
        }
    }

    @Test
    void aHostThatIsTakenTheFirstTime() throws Exception {
        try (ServerFixture server = ServerFixture.start()) {
            HostKeys accepting = HostKeys.inFiles(folder.resolve("known_hosts")).acceptingNew();

            assertThat(step(check(server).hostKeys(accepting).build().run(), "host-key")
                            .message())
                    .contains("new, and accepted");
            assertThat(step(check(server).hostKeys(accepting).build().run(), "host-key")
                            .message())
                    .contains("known_hosts, line 1");
        }
    }

    @Test
    void aHostWithAnotherKeyThanIsKnown() throws Exception {
        Path other = new SshKeys(folder).key("other", "ed25519");
        try (ServerFixture server = ServerFixture.start()) {
            Path file = Files.writeString(
                    folder.resolve("known_hosts"),
                    "# mine\n[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(other) + "\n");
            CheckStep step = assertFirst(
                    check(server).hostKeys(HostKeys.inFiles(file)), "host-key", "host-key-changed", Blame.SERVER);
            assertThat(step.message()).contains(file + ", line 2");
            assertThat(step.diagnosis().orElseThrow().culprit()).matches("SHA256:\\S+ instead of SHA256:\\S+");
        }
    }

    @Test
    void aHostWhoseKeyIsRevoked() {
        try (ServerFixture server = ServerFixture.start()) {
            String revoked = server.known() + "@revoked " + server.known();
            CheckStep step = assertFirst(
                    check(server).hostKeys(HostKeys.of(revoked)), "host-key", "host-key-revoked", Blame.SERVER);
            assertThat(step.message()).contains("line 2");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-n elsewhere -V always:forever, it is not for 127.0.0.1",
        "-n 127.0.0.1 -V 20200101:20200201, not in force"
    })
    void aHostWhoseCertificateDoesNotHold(String options, String flaw) throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path authority = keys.key("ca", "ed25519");
        Path host = keys.key("host", "ed25519");
        List<String> all = new java.util.ArrayList<>(List.of("-h"));
        all.addAll(List.of(options.split(" ")));
        Path certificate = keys.certify(host, authority, all.toArray(String[]::new));
        try (SshdFixture server =
                SshdFixture.start(folder, List.of(host), List.of(), "HostCertificate " + certificate)) {
            CheckStep step = assertFirst(
                    check(server.port()).hostKeys(HostKeys.of("@cert-authority * " + SshKeys.publicHalf(authority))),
                    "host-key",
                    "host-certificate",
                    Blame.SERVER);
            assertThat(step.message()).contains(flaw);
        }
    }

    @Test
    void knownHostsThatCannotBeRead() throws Exception {
        Path large = folder.resolve("known_hosts");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw");
                ServerFixture server = ServerFixture.start()) {
            file.setLength(64L << 20);
            assertFirst(
                    check(server).hostKeys(HostKeys.inFiles(large)),
                    "host-key",
                    "known-hosts-unreadable",
                    Blame.CLIENT);
        }
    }

    // --- the login

    /** An sshd with a host key that is known. */
    private record Openssh(SshdFixture server, Path known) implements AutoCloseable {

        SftpEndpointCheck.Builder check(SshLogin login) {
            return SftpEndpointCheckTest.check(server.port())
                    .login(SshdFixture.user(), login)
                    .hostKeys(HostKeys.inFiles(known));
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private Openssh openssh(List<String> authorized, String... settings) throws Exception {
        Path host = new SshKeys(Files.createTempDirectory(folder, "host")).key("host", "ed25519");
        SshdFixture server = SshdFixture.start(folder, List.of(host), authorized, settings);
        Path known = Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.1]:" + server.port() + " " + SshKeys.publicHalf(host) + "\n");
        return new Openssh(server, known);
    }

    private Openssh letting(Path key, String... settings) throws Exception {
        return openssh(List.of(SshKeys.publicHalf(key)), settings);
    }

    @Test
    void aWrongPassword() {
        try (ServerFixture server = ServerFixture.start()) {
            CheckStep step = assertFirst(
                    check(server).login(ServerFixture.USER, SshLogin.password("looking-glass")),
                    "login",
                    "password-refused",
                    Blame.REQUEST);
            assertThat(step.toString()).doesNotContain("looking-glass");
        }
    }

    @Test
    void keysThatTheServerDoesNotKnow() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path wrong = keys.key("wrong", "ed25519");
        try (Openssh server = openssh(List.of())) {
            CheckStep step = assertFirst(server.check(SshLogin.identity(wrong)), "login", "key-refused", Blame.SERVER);
            assertThat(step.diagnosis().orElseThrow().culprit()).contains(wrong.toString(), "SHA256:", "refused");
        }
    }

    @Test
    void keysThatCannotBeUsed() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path locked = keys.key("locked", "ed25519", "secret");
        Path right = keys.key("right", "ed25519");
        Path strange = Files.writeString(folder.resolve("strange"), "no key");
        try (Openssh server = openssh(List.of(SshKeys.publicHalf(locked), SshKeys.publicHalf(right)))) {
            assertFirst(
                    server.check(SshLogin.identity(folder.resolve("absent"))), "login", "key-not-found", Blame.REQUEST);
            assertFirst(server.check(SshLogin.identity(locked)), "login", "key-locked", Blame.CLIENT);
            assertFirst(
                    server.check(SshLogin.builder()
                            .identity(locked, prompt -> "wrong".toCharArray())
                            .build()),
                    "login",
                    "key-locked",
                    Blame.CLIENT);
            assertFirst(server.check(SshLogin.identity(strange)), "login", "key-unusable", Blame.CLIENT);
            assertFirst(
                    server.check(
                            SshLogin.builder().agent(folder.resolve("no-agent")).build()),
                    "login",
                    "agent-unreachable",
                    Blame.CLIENT);
        }
    }

    @Test
    void aKeyWhoseAlgorithmsTheServerDoesNotTake() throws Exception {
        Path rsa = new SshKeys(folder).key("rsa", "rsa");
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(NastyServer.Peer peer, String method, SshReader reader) {
                refuse(peer, "publickey");
            }
        })) {
            CheckStep step = assertFirst(
                    check(server).login("alice", SshLogin.identity(rsa)),
                    "login",
                    "key-algorithm-refused",
                    Blame.SERVER);
            assertThat(step.diagnosis().orElseThrow().advice()).contains("server-sig-algs: ssh-ed25519");
        }
    }

    @Test
    void aLoginByWhatTheServerDoesNotTake() throws Exception {
        try (Openssh server = openssh(List.of(), "PasswordAuthentication no", "KbdInteractiveAuthentication no")) {
            CheckStep step = assertFirst(
                    server.check(SshLogin.password("secret")), "login", "login-method-missing", Blame.REQUEST);
            assertThat(step.diagnosis().orElseThrow().advice()).contains("go on with publickey");
        }
    }

    @Test
    void aServerThatWantsASecondStep() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path key = keys.key("user", "ed25519");
        try (Openssh server = letting(key, "AuthenticationMethods publickey,password")) {
            CheckStep step =
                    assertFirst(server.check(SshLogin.identity(key)), "login", "another-step-wanted", Blame.REQUEST);
            assertThat(step.diagnosis().orElseThrow().advice()).contains("password");
        }
    }

    @Test
    void moreKeysThanTheServerLetsAnybodyTry() throws Exception {
        SshKeys keys = new SshKeys(folder);
        SshLogin.Builder login = SshLogin.builder();
        for (int i = 0; i < 4; i++) {
            login.identity(keys.key("wrong" + i, "ed25519"));
        }
        Path right = keys.key("right", "ed25519");
        try (Openssh server = letting(right, "MaxAuthTries 2")) {
            assertFirst(server.check(login.identity(right).build()), "login", "too-many-failures", Blame.CLIENT);
        }
    }

    private static SftpEndpointCheck.Builder check(NastyServer server) {
        return check(server.port())
                .login("alice", SshLogin.password("secret"))
                .hostKeys(HostKeys.of("").asking(question -> true));
    }

    @Test
    void aServerThatDoesNotAnswerToALogin() {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(NastyServer.Peer peer, String method, SshReader reader) {
                // nothing
            }
        })) {
            assertFirst(check(server).replyTime(SHORT), "login", "login-stalls", Blame.SERVER);
        }
    }

    @Test
    void aServerThatHangsUpInsteadOfAnsweringToALogin() {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(NastyServer.Peer peer, String method, SshReader reader) {
                peer.close();
            }
        })) {
            assertFirst(check(server), "login", "closed-in-login", Blame.SERVER);
        }
    }

    // --- the subsystem, and what is in it

    @Test
    void aServerWithoutSftp() {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void channelRequest(NastyServer.Peer peer, long channel) {
                peer.send(message(100).writeUint32(0));
            }
        })) {
            assertFirst(check(server), "subsystem", "no-sftp", Blame.SERVER);
        }
    }

    @Test
    void aServerThatOpensNoSession() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path key = keys.key("user", "ed25519");
        try (Openssh server = letting(key, "MaxSessions 0")) {
            assertFirst(server.check(SshLogin.identity(key)), "subsystem", "no-channel", Blame.SERVER);
        }
    }

    @ParameterizedTest
    @CsvSource({"/bin/false, sftp-ends", "/bin/echo welcome to this machine, not-sftp", "/bin/cat, not-sftp"})
    void aServerThatRunsSomethingElse(String command, String code) throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path key = keys.key("user", "ed25519");
        try (Openssh server = letting(key, "ForceCommand " + command)) {
            assertFirst(server.check(SshLogin.identity(key)), "subsystem", code, Blame.SERVER);
        }
    }

    @Test
    void aSubsystemThatSaysNothing() {
        try (NastyServer server = new NastyServer(() -> new PoliteScript() {
            @Override
            protected void data(NastyServer.Peer peer) {
                // nothing
            }
        })) {
            assertFirst(check(server).replyTime(SHORT), "subsystem", "sftp-silent", Blame.SERVER);
        }
    }

    @Test
    void aFolderThatIsNotThere() {
        FaultyFiles files = new FaultyFiles(InMemoryFileSystem.create());
        files.make("VirtualFileSystem.list", () -> {
            throw new NoSuchFileException("/");
        });
        try (ServerFixture server = ServerFixture.with(settings ->
                settings.user(ServerFixture.USER, ServerFixture.PASSWORD).files(files.files()))) {
            assertFirst(check(server), "listing", "folder-missing", Blame.SERVER);
        }
    }

    @Test
    void aFolderThatMayNotBeListed() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path key = keys.key("user", "ed25519");
        try (Openssh server = letting(key, "ForceCommand internal-sftp -P opendir")) {
            assertFirst(server.check(SshLogin.identity(key)), "listing", "listing-refused", Blame.SERVER);
        }
    }

    @Test
    void filesThatMayNotBeWrittenOrNotBeDeleted() throws Exception {
        SshKeys keys = new SshKeys(folder);
        Path key = keys.key("user", "ed25519");
        String path = folder.resolve("written").toString();
        try (Openssh server = letting(key, "ForceCommand internal-sftp -R")) {
            assertFirst(server.check(SshLogin.identity(key)).upload(path), "upload", "upload-refused", Blame.SERVER);
        }
        try (Openssh server = letting(key, "ForceCommand internal-sftp -P remove")) {
            CheckReport report =
                    server.check(SshLogin.identity(key)).upload(path).build().run();
            CheckStep step = step(report, "upload");
            assertThat(step.outcome()).isEqualTo(Outcome.WARNED);
            assertDiagnosis(report, step, "upload-not-deleted", Blame.SERVER);
        }
    }

    // --- settings

    @ParameterizedTest
    @CsvSource({"ftp://localhost", "sftp:/path", "sftp://alice:secret@localhost", "sftp://localhost:70000"})
    void anUrlThatItCannotCheck(String url) {
        assertThatThrownBy(() -> SftpEndpointCheck.of(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void timesOutOfTheirRange() {
        assertThatThrownBy(() -> check(22).limit(Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
    }
}
