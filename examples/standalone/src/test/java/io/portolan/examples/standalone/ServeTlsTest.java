package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.TlsKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with TLS, as a process with curl as its client. */
class ServeTlsTest {

    /** curl: the server refuses the login (CURLE_LOGIN_DENIED). */
    private static final int LOGIN_DENIED = 67;

    /** curl: the key is not the one that was pinned (CURLE_SSL_PINNEDPUBKEYNOTMATCH). */
    private static final int OTHER_KEY = 90;

    /** Of a process that SIGTERM has ended: 128 and its number. */
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private Path errors;

    @BeforeEach
    void fill() throws Exception {
        Client.require("curl");
        errors = elsewhere.resolve("errors.txt");
        Files.writeString(folder.resolve("hello.txt"), "hello\n");
    }

    @Test
    void bothWaysToTlsConnectWhenTheirLinesArePasted() throws Exception {
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            for (String line :
                    List.of(portolan.lineToPaste("curl --ssl-reqd"), portolan.lineToPaste("curl -k --pinnedpubkey"))) {
                Client.Outcome outcome = Client.paste(line + "hello.txt");

                assertThat(outcome.output()).as(line).contains("hello\n");
                assertThat(outcome.exitCode()).isZero();
            }
            assertThat(portolan.lineToPaste("curl -k --pinnedpubkey")).contains(" ftps://127.0.0.1:");
        }
    }

    @Test
    void anotherServerIsNotTakenForThisOne() throws Exception {
        String pasted;
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            pasted = portolan.lineToPaste("curl --ssl-reqd");
        }
        Path other = Files.createDirectory(elsewhere.resolve("other")).resolve("errors.txt");
        try (PortolanProcess portolan = PortolanProcess.serve(other, folder.toString())) {
            Client.Outcome outcome = Client.paste(
                    pasted.replaceFirst("ftp://127.0.0.1:[0-9]+/", "ftp://127.0.0.1:" + portolan.port() + "/"));

            assertThat(outcome.exitCode()).isEqualTo(OTHER_KEY);
        }
    }

    @Test
    void theFingerprintIsThatOfTheCertificateAndStaysBetweenStarts() throws Exception {
        Client.require("openssl");
        String shown;
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            shown = portolan.fingerprint();
            assertThat(served(portolan)).endsWith("=" + shown);
        }
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString())) {
            assertThat(portolan.fingerprint()).isEqualTo(shown);
        }
    }

    /** The fingerprint of what a new session is shown, as openssl tells it. */
    private static String served(PortolanProcess portolan) throws Exception {
        return Client.paste("openssl s_client -starttls ftp -connect 127.0.0.1:" + portolan.port()
                        + " </dev/null 2>/dev/null | openssl x509 -noout -fingerprint -sha256")
                .output()
                .strip();
    }

    @Test
    void aRenewedCertificateIsShownWithoutAnotherStart() throws Exception {
        Client.require("openssl");
        Path pem = elsewhere.resolve("own.pem");
        TlsKeys.selfSignedIn(pem);
        try (PortolanProcess portolan =
                PortolanProcess.serve(errors, folder.toString(), "--cert", pem.toString(), "--key", pem.toString())) {
            assertThat(served(portolan)).endsWith("=" + portolan.fingerprint());
            Path next = elsewhere.resolve("next.pem");
            String renewed = TlsKeys.selfSignedIn(next).fingerprint();
            Files.move(next, pem, StandardCopyOption.REPLACE_EXISTING);

            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> served(portolan).endsWith("=" + renewed));
            portolan.terminate();
            assertThat(portolan.exitCode()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void filesGoUpOverTls() throws Exception {
        Path file = Files.write(elsewhere.resolve("new.bin"), new byte[300_000]);
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString(), "--write")) {
            Client.Outcome outcome = Client.paste(portolan.lineToPaste("curl --ssl-reqd") + " -T " + file);

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
        assertThat(folder.resolve("new.bin")).hasSize(300_000);
    }

    /** curl has one ticket of TLS 1.3, which the first upload uses up. */
    @Test
    void clientsThatDoNotResumeAreLetInWhereThatIsOnlyPreferred() throws Exception {
        Path one = Files.writeString(elsewhere.resolve("one"), "1");
        Path two = Files.writeString(elsewhere.resolve("two"), "2");
        try (PortolanProcess portolan =
                PortolanProcess.serve(errors, folder.toString(), "--write", "--tls-resumption", "prefer")) {
            Client.Outcome outcome =
                    Client.paste(portolan.lineToPaste("curl --ssl-reqd") + " -T '{" + one + "," + two + "}'");

            assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        }
        assertThat(folder.resolve("two")).hasContent("2");
    }

    @Test
    void aCertificateOfOnesOwnIsTrustedByItsIssuer() throws Exception {
        Client.require("openssl");
        Path key = elsewhere.resolve("key.pem");
        Path certificate = elsewhere.resolve("cert.pem");
        assertThat(Client.run(List.of(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "rsa:2048",
                                "-nodes",
                                "-subj",
                                "/CN=test",
                                "-addext",
                                "subjectAltName=IP:127.0.0.1",
                                "-keyout",
                                key.toString(),
                                "-out",
                                certificate.toString()))
                        .exitCode())
                .isZero();
        try (PortolanProcess portolan = PortolanProcess.serve(
                errors,
                folder.toString(),
                "--cert",
                certificate.toString(),
                "--key",
                key.toString(),
                "--sftp",
                "off")) {
            Client.Outcome outcome = Client.paste(portolan.lineToPaste("curl --ssl-reqd")
                            .replaceFirst("-k --pinnedpubkey \\S+", "--cacert " + certificate)
                    + "hello.txt");

            assertThat(outcome.output()).contains("hello\n");
        }
        assertThat(elsewhere.resolve("state")).doesNotExist();
    }

    @Test
    void elsewhereNobodyLogsInInTheClearUnlessThatIsAllowed() throws Exception {
        String anywhere = "0.0.0.0";
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString(), "--bind", anywhere)) {
            String line = portolan.lineToPaste("curl --ssl-reqd").replaceFirst("ftp://[^:]+:", "ftp://127.0.0.1:")
                    + "hello.txt";

            assertThat(portolan.screen()).noneMatch(shown -> shown.contains("curl --user"));
            assertThat(Client.paste(line).output()).contains("hello\n");
            assertThat(Client.paste(line.replace("--ssl-reqd", "")).exitCode()).isEqualTo(LOGIN_DENIED);
        }
        try (PortolanProcess portolan =
                PortolanProcess.serve(errors, folder.toString(), "--bind", anywhere, "--allow-plain")) {
            String line = portolan.lineToPaste("curl --user").replaceFirst("ftp://[^:]+:", "ftp://127.0.0.1:");

            assertThat(Client.paste(line + "hello.txt").output()).contains("hello\n");
        }
    }

    @Test
    void implicitTlsMayBeAllThereIs() throws Exception {
        try (PortolanProcess portolan = PortolanProcess.serve(errors, folder.toString(), "--ftp", "off")) {
            assertThat(portolan.screen()).noneMatch(shown -> shown.startsWith("ftp "));
            assertThat(Client.paste(portolan.lineToPaste("curl -k --pinnedpubkey") + "hello.txt")
                            .output())
                    .contains("hello\n");
        }
    }
}
