package io.portolan.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ClientsSideBySideTest {

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void ourClientDoesEveryKindOfWorkload() throws Exception {
        Options options = Options.parse(
                "--quick",
                "--peers",
                "portolan,million",
                "--clients",
                "portolan",
                "--workloads",
                "download,tls-upload,small-down,parallel-up,distant-down,list,million",
                "--scratch",
                folder.resolve("scratch").toString(),
                "--output",
                folder.resolve("out").toString());

        Map<String, Results> all = ClientsSideBySide.run(options);

        Results results = Objects.requireNonNull(all.get("portolan"));
        assertThat(results.remarks()).isEmpty();
        assertThat(results.metrics())
                .extracting(Metric::name)
                .contains(
                        "download",
                        "download, client CPU",
                        "TLS upload",
                        "small files down",
                        "small files up, 8 connections (Commons Net one)",
                        "small files down, 8 connections, 50 ms",
                        "listing");
        Results crowded = Objects.requireNonNull(all.get("million"));
        assertThat(crowded.remarks()).isEmpty();
        assertThat(crowded.metrics()).extracting(Metric::name).contains("listing of a million, heap and garbage");
        assertThat(Files.readString(folder.resolve("out").resolve("clients.md")))
                .contains("## Clients of portolan", "| download ");
        assertThat(folder.resolve("scratch")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sftpClientsDoEveryKindOfWorkload() throws Exception {
        Options options = Options.parse(
                "--quick",
                "--peers",
                "portolan",
                "--clients",
                "portolan,jsch,mina",
                "--workloads",
                "sftp-download,sftp-upload-50ms,sftp-small-down,sftp-small-up,sftp-list,sftp-sessions",
                "--scratch",
                folder.resolve("scratch").toString(),
                "--output",
                folder.resolve("out").toString());

        Results results = Objects.requireNonNull(ClientsSideBySide.run(options).get("portolan (SFTP)"));

        assertThat(results.remarks()).isEmpty();
        assertThat(results.peers()).containsExactly("portolan", "jsch", "mina");
        assertThat(results.metrics())
                .extracting(Metric::name)
                .contains(
                        "SFTP download",
                        "SFTP upload, 50 ms",
                        "SFTP small files down",
                        "SFTP small files up",
                        "SFTP listing",
                        "threads with 5 SFTP sessions");
    }
}
