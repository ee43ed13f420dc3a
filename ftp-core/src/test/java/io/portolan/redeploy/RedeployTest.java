package io.portolan.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedeployTest {

    @Test
    void anApplicationThatIsRedeployedLeavesNoClassLoaderBehind() throws Exception {
        RedeployHarness.redeploy(EchoApplication.class, 3);
    }

    @Test
    void theHarnessFindsALeak() throws Exception {
        RedeployHarness.Outcome outcome = RedeployHarness.run(LeakyApplication.class, 1, Duration.ofSeconds(1));

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).contains("leaked in deployment 1");
    }
}
