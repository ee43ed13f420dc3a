package io.portolan.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.client.FtpBatch;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpPool;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftps.TlsKeys;
import io.portolan.sftp.auth.AuthorizedKeys;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SecretSource;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpPool;
import io.portolan.sftp.client.SshLogin;
import io.portolan.sftp.server.SftpServer;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README shows. */
class ExamplesTest {

    @Test
    void theFirstServerServesItsFolderUntilEnterIsPressed(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("files"));
        Files.writeString(folder.resolve("files/hello.txt"), "hello");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dport=0",
                        HelloFtpServer.class.getName())
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader();
                OutputStream in = process.getOutputStream()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("ftp://")) {
                line = out.readLine();
            }
            int port = Integer.parseInt(String.valueOf(line).replaceFirst("ftp://127.0.0.1:([0-9]+)/.*", "$1"));

            assertThat(Ftp.get(port, "/hello.txt")).isEqualTo("hello");
            in.write('\n');
            in.flush();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theFirstSftpServerServesItsFolderUntilEnterIsPressed(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("files"));
        Files.writeString(folder.resolve("files/hello.txt"), "hello");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dport=0",
                        HelloSftpServer.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader out = process.inputReader();
                OutputStream in = process.getOutputStream()) {
            Matcher log = Pattern.compile("SFTP on /127\\.0\\.0\\.1:([0-9]+)").matcher("");
            String line = out.readLine();
            while (line != null && !log.reset(line).find()) {
                line = out.readLine();
            }

            assertThat(Sftp.get(Integer.parseInt(log.group(1)), "/hello.txt")).isEqualTo("hello");
            in.write('\n');
            in.flush();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theFirstClientDeliversAReportAndFetchesAnAnswer(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(root.resolve("inbox"));
        Files.writeString(Files.createDirectory(root.resolve("outbox")).resolve("answer.csv"), "yes");
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        try (FtpServer server = FtpServer.builder()
                .port(0)
                .user("alice", "secret")
                .files(PathFileSystem.of(root))
                .start()) {
            HelloFtpClient.deliver("127.0.0.1", server.port(), report, folder.resolve("answer.csv"));
        }

        assertThat(root.resolve("inbox/report.csv")).hasContent("1;2");
        assertThat(folder.resolve("answer.csv")).hasContent("yes");
    }

    @Test
    void manyFilesAreFetchedOverSeveralConnections(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(Files.createDirectory(root.resolve("pub")).resolve("a"), "1");
        Files.writeString(Files.createDirectory(root.resolve("images")).resolve("disk.iso"), "2");
        Path target = Files.createDirectory(folder.resolve("target"));
        try (FtpServer server = FtpServer.builder()
                        .port(0)
                        .user("alice", "secret")
                        .files(PathFileSystem.of(root))
                        .start();
                FtpClient client = FtpClient.builder()
                        .host("127.0.0.1")
                        .port(server.port())
                        .user("alice", "secret")
                        .build()) {
            ManyFiles.fetch(client, target, List.of(FtpBatch.Job.download("/pub/a", target.resolve("b"))));
        }

        assertThat(target.resolve("pub/a")).hasContent("1");
        assertThat(target.resolve("b")).hasContent("1");
        assertThat(target.resolve("disk.iso")).hasContent("2");
    }

    @Test
    void sessionsOfAPoolAreUsedByOneAfterAnother(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        try (FtpServer server = FtpServer.builder()
                        .port(0)
                        .user("alice", "secret")
                        .files(PathFileSystem.of(root))
                        .start();
                FtpClient client = FtpClient.builder()
                        .host("127.0.0.1")
                        .port(server.port())
                        .user("alice", "secret")
                        .build();
                FtpPool pool = client.pool()) {
            SharedSessions.send(pool, report, "a");
            SharedSessions.send(pool, report, "b");
        }

        assertThat(root.resolve("a")).hasContent("1;2");
        assertThat(root.resolve("b")).hasContent("1;2");
    }

    @Test
    void filesGoOverALineThatBreaks(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(root.resolve("inbox"));
        Files.writeString(Files.createDirectory(root.resolve("outbox")).resolve("answer.csv"), "yes");
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        try (FtpServer server = FtpServer.builder()
                        .port(0)
                        .user("alice", "secret")
                        .files(PathFileSystem.of(root))
                        .start();
                FtpClient client = FtpClient.builder()
                        .host("127.0.0.1")
                        .port(server.port())
                        .user("alice", "secret")
                        .build()) {
            UnreliableLine.exchange(client, report, folder.resolve("answer.csv"));
        }

        assertThat(root.resolve("inbox/report.csv")).hasContent("1;2");
        assertThat(folder.resolve("answer.csv")).hasContent("yes");
    }

    @Test
    void theFirstSftpClientDoesTheSame(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(root.resolve("inbox"));
        Files.writeString(Files.createDirectory(root.resolve("outbox")).resolve("answer.csv"), "yes");
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        try (SftpServer server = SftpServer.builder()
                .port(0)
                .hostKeyFile(folder.resolve("host_key"))
                .user("alice", "secret")
                .files(PathFileSystem.of(root))
                .start()) {
            String known = "[127.0.0.1]:" + server.port() + " "
                    + server.hostKeys().iterator().next().openSsh();
            HelloSftpClient.deliver(
                    "127.0.0.1", server.port(), HostKeys.of(known), report, folder.resolve("answer.csv"));
        }

        assertThat(root.resolve("inbox/report.csv")).hasContent("1;2");
        assertThat(folder.resolve("answer.csv")).hasContent("yes");
    }

    @Test
    void filesGoBySftpOverALineThatBreaksToAServerThatIsChecked(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectory(root.resolve("inbox"));
        Files.writeString(Files.createDirectory(root.resolve("outbox")).resolve("answer.csv"), "yes");
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        try (SftpServer server = SftpServer.builder()
                .port(0)
                .hostKeyFile(folder.resolve("host_key"))
                .user("alice", "secret")
                .files(PathFileSystem.of(root))
                .start()) {
            HostKeys known = HostKeys.of(known(server));
            URI address = URI.create("sftp://127.0.0.1:" + server.port());
            try (SftpClient client = SftpClient.builder()
                    .host("127.0.0.1")
                    .port(server.port())
                    .hostKeys(known)
                    .user("alice", "secret")
                    .build()) {
                UnreliableSftpLine.exchange(client, report, folder.resolve("answer.csv"));
            }

            assertThat(CheckedServer.check(address, known, SshLogin.password("secret"))
                            .isHealthy())
                    .isTrue();
            assertThat(CheckedServer.check(address, known, SshLogin.password("guessed"))
                            .firstFailure()
                            .orElseThrow()
                            .name())
                    .isEqualTo("login");
        }

        assertThat(root.resolve("inbox/report.csv")).hasContent("1;2");
        assertThat(folder.resolve("answer.csv")).hasContent("yes");
    }

    @Test
    void aKeyLogsInByItselfAndByOpenSshsSettings(@TempDir Path folder) throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("root/inbox"));
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        // a key is made for the server; here it is the user's as well
        Path key = folder.resolve("key");
        Path authorized = folder.resolve("authorized_keys");
        try (SftpServer server = SftpServer.builder()
                .port(0)
                .hostKeyFile(key)
                .authenticator(AuthorizedKeys.file("alice", authorized))
                .files(PathFileSystem.of(folder.resolve("root")))
                .start()) {
            Files.writeString(authorized, server.hostKeys().iterator().next().openSsh() + "\n");
            Path known = Files.writeString(folder.resolve("known_hosts"), known(server) + "\n");
            Path config = Files.writeString(folder.resolve("config"), """
                    Host reports
                      HostName 127.0.0.1
                      Port %d
                      User alice
                      IdentityFile %s
                      IdentityAgent none
                      UserKnownHostsFile %s
                    """.formatted(server.port(), key, known));
            SecretSource nobody = prompt -> null;
            SshLogins.deliver(config, nobody, report);

            SshLogin login = SshLogins.byWhatTheServerTakes(key, nobody, challenge -> List.of());
            URI address = URI.create("sftp://127.0.0.1:" + server.port());
            assertThat(CheckedServer.check(address, HostKeys.inFiles(known), login)
                            .isHealthy())
                    .isTrue();
        }

        assertThat(inbox.resolve("report.csv")).hasContent("1;2");
    }

    private static String known(SftpServer server) {
        return "[127.0.0.1]:" + server.port() + " "
                + server.hostKeys().iterator().next().openSsh();
    }

    @Test
    void filesGoFromAnSftpServerToAnFtpServer(@TempDir Path folder) throws Exception {
        Path reports = Files.createDirectories(folder.resolve("sftp/reports/march"));
        FileTime then = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Files.setLastModifiedTime(Files.writeString(reports.resolve("a.csv"), "1;2"), then);
        Path archive = Files.createDirectories(folder.resolve("ftp/archive"));
        try (SftpServer sftpServer = SftpServer.builder()
                        .port(0)
                        .hostKeyFile(folder.resolve("host_key"))
                        .user("alice", "secret")
                        .files(PathFileSystem.of(folder.resolve("sftp")))
                        .start();
                FtpServer ftpServer = FtpServer.builder()
                        .port(0)
                        .user("alice", "secret")
                        .files(PathFileSystem.of(folder.resolve("ftp")))
                        .start();
                SftpClient sftp = SftpClient.builder()
                        .host("127.0.0.1")
                        .port(sftpServer.port())
                        .user("alice", "secret")
                        .hostKeys(HostKeys.of("[127.0.0.1]:" + sftpServer.port() + " "
                                + sftpServer.hostKeys().iterator().next().openSsh()))
                        .build();
                FtpClient ftp = FtpClient.builder()
                        .host("127.0.0.1")
                        .port(ftpServer.port())
                        .user("alice", "secret")
                        .build()) {
            PathsOfServers.archive(sftp, ftp);
        }

        assertThat(archive.resolve("a.csv")).hasContent("1;2");
        assertThat(Files.getLastModifiedTime(archive.resolve("a.csv"))).isEqualTo(then);
    }

    @Test
    void javaKnowsTheAddressesOfAllProtocols() {
        assertThat(FileSystemProvider.installedProviders())
                .extracting(FileSystemProvider::getScheme)
                .contains("ftp", "ftpes", "ftps", "sftp");
    }

    @Test
    void sessionsOfAnSftpPoolShareAConnection(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        Path report = Files.writeString(folder.resolve("report.csv"), "1;2");
        try (SftpServer server = SftpServer.builder()
                .port(0)
                .hostKeyFile(folder.resolve("host_key"))
                .user("alice", "secret")
                .files(PathFileSystem.of(root))
                .start()) {
            String known = "[127.0.0.1]:" + server.port() + " "
                    + server.hostKeys().iterator().next().openSsh();
            try (SftpClient client = SftpClient.builder()
                            .host("127.0.0.1")
                            .port(server.port())
                            .hostKeys(HostKeys.of(known))
                            .user("alice", "secret")
                            .build();
                    SftpPool pool = client.pool()) {
                SharedChannels.send(pool, report, "a");
                SharedChannels.send(pool, report, "b");
            }
        }

        assertThat(root.resolve("a")).hasContent("1;2");
        assertThat(root.resolve("b")).hasContent("1;2");
    }

    @Test
    void aFileSystemOfOnesOwnIsServed() throws Exception {
        MapFileSystem files = new MapFileSystem(
                Map.of(VirtualPath.of("/reports/today.txt"), "all is well".getBytes(StandardCharsets.UTF_8)));
        try (FtpServer server =
                FtpServer.builder().port(0).user("alice", "secret").files(files).start()) {
            assertThat(Ftp.get(server.port(), "/reports/today.txt")).isEqualTo("all is well");
        }
    }

    @Test
    void uploadsAreToldWhenTheyAreComplete() throws Exception {
        UploadInbox inbox = new UploadInbox();
        InMemoryFileSystem files = InMemoryFileSystem.create();
        try (FtpServer server = FtpServer.builder()
                .port(0)
                .user("alice", "secret")
                .files(files)
                .listener(inbox.listener())
                .start()) {
            Ftp.put(server.port(), "/order.csv", "1;2");

            assertThat(inbox.take()).isEqualTo(VirtualPath.of("/order.csv"));
        }
    }

    @Test
    void thePortsBehindNatAreToldToTheFirewallsKeeper() throws Exception {
        FtpServerConfig config = BehindNat.config(InMemoryFileSystem.create());

        assertThat(config.portPlan().toTable()).contains("2121", "20000-20999");
    }

    @Test
    void theServerWithTlsIsReachedBothWays(@TempDir Path folder) throws Exception {
        Path pem = folder.resolve("tls.pem");
        TlsGreeting client = new TlsGreeting(
                TlsKeys.selfSignedIn(pem, "127.0.0.1").certificates().get(0));
        try (FtpServer server = WithTls.start(InMemoryFileSystem.create(), 0, 0, pem, pem)) {
            assertThat(client.implicit(server.addresses().get(1).getPort())).startsWith("220");
            assertThat(client.explicit(server.port())).startsWith("200");
        }
    }

    @Test
    void lentThreadsAreUsed() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try (FtpServer server = ManagedThreads.start(executor, InMemoryFileSystem.create(), 0)) {
            Ftp.put(server.port(), "/a", "a");

            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("portolan-ftp-worker"));
        } finally {
            executor.shutdown();
        }
        await().atMost(Duration.ofSeconds(60)).until(executor::isTerminated);
    }
}
