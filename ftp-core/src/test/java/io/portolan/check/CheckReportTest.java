package io.portolan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckReportTest {

    private static final CheckStep FINE = new CheckStep("name", Outcome.PASSED, "is there", Optional.empty());

    private static final CheckStep BAD = new CheckStep(
            "port",
            Outcome.FAILED,
            "said \"no\" \\ \u00e9",
            Optional.of(new Diagnosis("port-closed", Blame.NETWORK, "host:21", "Open it.")));

    @Test
    void theTextHasALineForEachStepAndTheAdviceBelowWhatIsWrong() {
        assertThat(new CheckReport("ftp://host:21", List.of(FINE, BAD)).toText())
                .isEqualTo("""
                ftp://host:21
                ok    name: is there
                FAIL  port: said "no" \\ \u00e9
                      to blame: host:21 (the network in between)
                      what to do: Open it.
                Failed at port.
                """);
    }

    @Test
    void theJsonIsOneAsciiObject() {
        assertThat(new CheckReport("ftp://host:21", List.of(FINE, BAD)).toJson())
                .isEqualTo(
                        "{\"endpoint\":\"ftp://host:21\",\"healthy\":false,\"steps\":["
                                + "{\"name\":\"name\",\"outcome\":\"passed\",\"message\":\"is there\"},"
                                + "{\"name\":\"port\",\"outcome\":\"failed\",\"message\":\"said \\\"no\\\" \\\\ \\u00e9\","
                                + "\"code\":\"port-closed\",\"blame\":\"network\",\"culprit\":\"host:21\",\"advice\":\"Open it.\"}]}");
    }

    @Test
    void isHealthyWithWarnings() {
        CheckStep warned = new CheckStep("pasv", Outcome.WARNED, "odd", BAD.diagnosis());

        assertThat(new CheckReport("ftp://host:21", List.of(FINE, warned)))
                .satisfies(report -> assertThat(report.isHealthy()).isTrue())
                .satisfies(report -> assertThat(report.firstFailure()).isEmpty())
                .satisfies(report -> assertThat(report.toText()).endsWith("Works, with warnings.\n"));
    }
}
