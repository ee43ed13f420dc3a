package io.portolan.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.guard.ConnectionLimits;
import io.portolan.ports.PortNeed;
import io.portolan.ports.PortPlan;
import io.portolan.ports.PortRange;
import io.portolan.ports.PortWarning;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void aServerOnTheStandardPortsNeedsCommandsInDataInAndDataOutFromTwenty() throws Exception {
        PortPlan plan = everywhere()
                .port(21)
                .passivePorts(PassivePorts.range(20_000, 21_000))
                .build()
                .portPlan();

        assertThat(plan.needs())
                .extracting(PortNeed::role, PortNeed::ports, PortNeed::direction)
                .containsExactly(
                        tuple("control", PortRange.of(21), PortNeed.Direction.IN),
                        tuple("passive data", new PortRange(20_000, 21_000), PortNeed.Direction.IN),
                        tuple("active data", PortRange.of(20), PortNeed.Direction.OUT));
        assertThat(plan.toTable()).contains("ftp-data 20", "20000-21000");
    }

    @Test
    void connectionsThatAreProtectedFromTheStartHavePortsOfTheirOwn() throws Exception {
        FtpServerConfig.Builder server = everywhere().securityMechanism(new NoSecurity());

        assertThat(server.port(21).implicitPort(990).build().portPlan().needs())
                .filteredOn(need -> need.protocol().equals("FTPS"))
                .extracting(PortNeed::role, PortNeed::ports, PortNeed::direction, PortNeed::service)
                .containsExactly(
                        tuple("control", PortRange.of(990), PortNeed.Direction.IN, Optional.of("ftps")),
                        tuple("active data", PortRange.of(989), PortNeed.Direction.OUT, Optional.of("ftps-data")));
        assertThat(everywhere()
                        .securityMechanism(new NoSecurity())
                        .controlProtection(ControlProtection.IMPLICIT)
                        .port(990)
                        .build()
                        .portPlan()
                        .needs())
                .extracting(PortNeed::protocol, PortNeed::ports)
                .contains(tuple("FTPS", PortRange.of(990)), tuple("FTPS", PortRange.of(989)))
                .doesNotContain(tuple("FTP", PortRange.of(20)));
    }

    @Test
    void aRunningServerTellsThePortThatItGot() throws Exception {
        try (FtpServer server =
                FtpServer.builder().port(0).files(InMemoryFileSystem.create()).start()) {
            assertThat(server.config().portPlan().needs().get(0).ports().isAny())
                    .isTrue();
            assertThat(server.portPlan().needs().get(0).ports()).isEqualTo(PortRange.of(server.port()));
        }
    }

    @Test
    void aRangeThatHoldsTheControlPortIsWarnedOf() throws Exception {
        PortPlan plan = everywhere()
                .port(2121)
                .passivePorts(PassivePorts.range(2000, 3000))
                .build()
                .portPlan();

        assertThat(kinds(plan)).contains(PortWarning.Kind.RANGE_HOLDS_LISTENER);
    }

    @Test
    void aRangeSmallerThanTheSessionsOfOneAddressIsWarnedOf() throws Exception {
        PortPlan plan = everywhere()
                .port(2121)
                .passivePorts(PassivePorts.range(20_000, 20_009))
                .limits(ConnectionLimits.builder().perAddress(11).build())
                .build()
                .portPlan();

        assertThat(kinds(plan)).contains(PortWarning.Kind.RANGE_TOO_SMALL);
    }

    @Test
    void aPrivateAddressToldToTheInternetIsWarnedOf() throws Exception {
        FtpServerConfig.Builder server = everywhere().port(2121).passivePorts(PassivePorts.range(20_000, 21_000));

        assertThat(kinds(server.build().portPlan())).isEmpty();
        assertThat(kinds(server.publicAddress(PublicAddress.fixed("10.1.2.3"))
                        .build()
                        .portPlan()))
                .containsExactly(PortWarning.Kind.PRIVATE_ADDRESS_ANNOUNCED);
        assertThat(kinds(server.publicAddress(PublicAddress.fixed("127.0.0.1"))
                        .build()
                        .portPlan()))
                .containsExactly(PortWarning.Kind.LOOPBACK_ANNOUNCED);
    }

    private static FtpServerConfig.Builder everywhere() throws UnknownHostException {
        return FtpServer.builder().bind(InetAddress.getByName("0.0.0.0")).files(InMemoryFileSystem.create());
    }

    private static Iterable<PortWarning.Kind> kinds(PortPlan plan) {
        return plan.warnings().stream().map(PortWarning::kind).toList();
    }
}
