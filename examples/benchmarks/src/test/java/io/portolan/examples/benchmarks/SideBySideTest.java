package io.portolan.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SideBySideTest {

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void everyWorkloadRunsAgainstPortolan() throws Exception {
        for (String client : List.of("curl", "lftp")) {
            boolean there = Tool.isThere(client);
            if (!there && "true".equals(System.getenv("CI"))) {
                throw new AssertionError(client + " is not installed");
            }
            assumeTrue(there, client + " is not installed");
        }
        Options options = Options.parse(
                "--quick",
                "--peers",
                "portolan",
                "--scratch",
                folder.resolve("scratch").toString(),
                "--output",
                folder.resolve("out").toString());

        Results results = SideBySide.run(options);

        assertThat(results.remarks()).noneMatch(remark -> remark.contains("failed"));
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
                        "TLS small files up");
        assertThat(folder.resolve("scratch")).doesNotExist();
        assertThat(Files.readString(folder.resolve("out").resolve("results.md")))
                .contains("| download ");
        assertThat(Files.readString(folder.resolve("out").resolve("results.json")))
                .contains("\"name\": \"LIST\"");
    }

    @Test
    void anUnknownOptionIsNamed() {
        assertThatThrownBy(() -> Options.parse("--quikc")).hasMessage("unknown option --quikc");
        assertThatThrownBy(() -> Options.parse("--runs")).hasMessage("--runs needs a value");
    }
}
