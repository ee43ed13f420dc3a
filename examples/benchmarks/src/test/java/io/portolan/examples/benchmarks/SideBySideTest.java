package io.portolan.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Results;
import io.portolan.examples.benchmarks.workload.Sizes;
import io.portolan.examples.benchmarks.workload.Workload;
import io.portolan.examples.benchmarks.workload.Workloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyWorkloadOfFtpRunsAgainstPortolan() throws Exception {
        assumeThere("curl", "lftp", "openssl");

        Results results = run(Protocol.FTP);

        assertThat(results.metrics())
                .extracting(Metric::name)
                .contains(
                        "download",
                        "upload",
                        "LIST",
                        "small files down",
                        "small files up",
                        "logins",
                        "idle session, heap",
                        "TLS download",
                        "TLS upload",
                        "TLS small files down",
                        "TLS small files up",
                        "TLS 1.2 small files down",
                        "TLS 1.2 small files up",
                        "TLS handshakes, full",
                        "TLS handshakes, resumed",
                        "TLS 1.2 handshakes, full",
                        "TLS 1.2 handshakes, resumed");
        assertThat(Files.readString(folder.resolve("out").resolve("results.md")))
                .contains("## FTP", "| download ");
        assertThat(Files.readString(folder.resolve("out").resolve("results-ftp.json")))
                .contains("\"name\": \"LIST\"");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyWorkloadOfSftpRunsAgainstPortolan() throws Exception {
        assumeThere("sftp", "ssh-keygen");

        Results results = run(Protocol.SFTP);

        assertThat(results.metrics())
                .extracting(Metric::name)
                .contains(
                        "SFTP download",
                        "SFTP upload",
                        "SFTP download with chacha20-poly1305",
                        "SFTP download with aes256-ctr",
                        "SFTP listing",
                        "SFTP small files down",
                        "SFTP small files up",
                        "SFTP login, server CPU",
                        "SFTP idle session, heap",
                        "SFTP upload with 50 ms of delay");
        assertThat(Files.readString(folder.resolve("out").resolve("results.md")))
                .contains("## SFTP", "| SFTP download ");
    }

    private static void assumeThere(String... clients) {
        for (String client : clients) {
            boolean there = Tool.isThere(client);
            if (!there && "true".equals(System.getenv("CI"))) {
                throw new AssertionError(client + " is not installed");
            }
            assumeTrue(there, client + " is not installed");
        }
    }

    private Results run(Protocol protocol) throws Exception {
        List<String> workloads = Workloads.all(Sizes.QUICK).stream()
                .filter(workload -> workload.protocol() == protocol)
                .map(Workload::name)
                .toList();
        Options options = Options.parse(
                "--quick",
                "--peers",
                "portolan",
                "--workloads",
                String.join(",", workloads),
                "--scratch",
                folder.resolve("scratch").toString(),
                "--output",
                folder.resolve("out").toString());

        Map<Protocol, Results> all = SideBySide.run(options);

        assertThat(all).containsOnlyKeys(protocol);
        Results results = Objects.requireNonNull(all.get(protocol));
        assertThat(results.remarks()).noneMatch(remark -> remark.contains("failed"));
        assertThat(folder.resolve("scratch")).doesNotExist();
        return results;
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> Options.parse("--quikc")).hasMessage("unknown option --quikc");
        assertThatThrownBy(() -> Options.parse("--runs")).hasMessage("--runs needs a value");
    }
}
