package io.portolan.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ports.PortWarning.Kind;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortPlanTest {

    private static final InetAddress ALL = address("0.0.0.0");

    /** Linux as it comes, and a process without rights. */
    private static final HostFacts LINUX =
            new HostFacts(Optional.of(new PortRange(32768, 60999)), List.of(), 1024, false);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static PortNeed control(int port) {
        return PortNeed.listening("control", "FTP", "ftp", 21, ALL, port);
    }

    private static PortNeed passive(int from, int to) {
        return PortNeed.listening("passive data", "FTP", ALL, new PortRange(from, to));
    }

    private static List<Kind> warnings(PortPlanner planner) {
        return planner.plan().warnings().stream().map(PortWarning::kind).toList();
    }

    private static PortPlanner planner() {
        return new PortPlanner(HostFacts.unknown());
    }

    @Test
    void theTableTellsTheFirewallsKeeperWhoConnectsWhereTo() {
        PortPlan plan = planner()
                .need(control(21))
                .need(PortNeed.connecting("active data", "FTP", "ftp-data", 20, address("192.0.2.1"), 20))
                .need(passive(60000, 65535))
                .need(PortNeed.listening("control", "FTPS", "ftps", 990, ALL, 0))
                .plan();

        assertThat(plan.warnings()).isEmpty();
        assertThat(plan.toTable()).isEqualTo("""
                        PORT         TRANSPORT  DIRECTION  FOR               WHO CONNECTS     ADDRESS HERE  REGISTERED AS
                        21           tcp        in         FTP control       clients -> here  all           ftp 21
                        20           tcp        out        FTP active data   here -> clients  192.0.2.1     ftp-data 20
                        60000-65535  tcp        in         FTP passive data  clients -> here  all           -
                        any free     tcp        in         FTPS control      clients -> here  all           ftps 990
                        """);
        assertThat(plan).hasToString(plan.toTable());
    }

    @Test
    void aPassiveRangeThatHoldsAListenerIsWarnedOf() {
        assertThat(warnings(planner().need(control(2121)).need(passive(2000, 3000))))
                .containsExactly(Kind.RANGE_HOLDS_LISTENER);
        assertThat(warnings(planner().need(control(2121)).need(passive(3000, 4000))))
                .isEmpty();
    }

    @Test
    void onePortForTwoPurposesIsWarnedOf() {
        PortPlan plan = planner()
                .need(control(2222))
                .need(PortNeed.listening("control", "SFTP", "ssh", 22, ALL, 2222))
                .plan();
        assertThat(plan.warnings())
                .singleElement()
                .hasToString("port 2222 is wanted twice: for FTP control and for SFTP control");
    }

    @Test
    void onePortOfTwoAddressesIsNotWantedTwice() {
        assertThat(warnings(planner()
                        .need(PortNeed.listening("control", "FTP", "ftp", 21, address("192.0.2.1"), 21))
                        .need(PortNeed.listening("control", "FTP", "ftp", 21, address("192.0.2.2"), 21))))
                .isEmpty();
    }

    @Test
    void anyFreePortCollidesWithNothing() {
        assertThat(warnings(new PortPlanner(LINUX).need(control(0)).need(control(0))))
                .isEmpty();
    }

    @Test
    void aRangeThatTheSystemGivesToOutgoingConnectionsIsWarnedOf() {
        PortPlan plan = new PortPlanner(LINUX).need(passive(60000, 65535)).plan();
        assertThat(plan.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.kind()).isEqualTo(Kind.RANGE_IS_EPHEMERAL);
            assertThat(warning.text())
                    .startsWith("60000-60999 of FTP passive data")
                    .contains("(32768-60999)")
                    .endsWith("sysctl net.ipv4.ip_local_reserved_ports=60000-60999");
        });
        assertThat(plan.toString()).endsWith("! " + plan.warnings().get(0).text() + "\n");
        assertThat(warnings(new PortPlanner(LINUX).need(passive(61000, 65535)))).isEmpty();
    }

    @Test
    void aRangeThatIsReservedIsNotWarnedOf() {
        HostFacts reserved = new HostFacts(
                LINUX.ephemeralPorts(), List.of(new PortRange(60500, 60999), new PortRange(60000, 60499)), 1024, false);
        assertThat(warnings(new PortPlanner(reserved).need(passive(60000, 65535))))
                .isEmpty();
        assertThat(warnings(new PortPlanner(reserved).need(passive(59999, 65535))))
                .containsExactly(Kind.RANGE_IS_EPHEMERAL);
    }

    @Test
    void aPortThatNeedsARightIsWarnedOfInBothDirections() {
        PortPlanner planner = new PortPlanner(LINUX)
                .need(control(21))
                .need(PortNeed.connecting("active data", "FTP", "ftp-data", 20, ALL, 20));
        assertThat(planner.plan().warnings())
                .extracting(PortWarning::kind)
                .containsExactly(Kind.NEEDS_PRIVILEGE, Kind.NEEDS_PRIVILEGE);
        assertThat(planner.plan().warnings().get(0).text())
                .contains("CAP_NET_BIND_SERVICE")
                .contains("ip_unprivileged_port_start=21");

        HostFacts root = new HostFacts(Optional.empty(), List.of(), 1024, true);
        assertThat(warnings(new PortPlanner(root).need(control(21)))).isEmpty();
        HostFacts container = new HostFacts(Optional.empty(), List.of(), 0, false);
        assertThat(warnings(new PortPlanner(container).need(control(21)))).isEmpty();
    }

    @Test
    void aRangeTooSmallForTheSessionsOfOneAddressIsWarnedOf() {
        assertThat(warnings(planner().sharedRange(passive(61000, 61009), 11))).containsExactly(Kind.RANGE_TOO_SMALL);
        assertThat(warnings(planner().sharedRange(passive(61000, 61009), 10))).isEmpty();
    }

    @Test
    void anAddressThatClientsCannotReachIsWarnedOf() {
        for (String inside : List.of("10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.1.1", "fd00::1")) {
            assertThat(warnings(planner().announced(address(inside), ALL)))
                    .as(inside)
                    .containsExactly(Kind.PRIVATE_ADDRESS_ANNOUNCED);
        }
        assertThat(warnings(planner().announced(address("127.0.0.1"), ALL))).containsExactly(Kind.LOOPBACK_ANNOUNCED);
        assertThat(warnings(planner().announced(ALL, ALL))).containsExactly(Kind.WILDCARD_ANNOUNCED);
    }

    @Test
    void anAddressThatFitsWhoIsListenedToIsNotWarnedOf() {
        assertThat(warnings(planner().announced(address("203.0.113.7"), ALL))).isEmpty();
        assertThat(warnings(planner().announced(address("100.128.0.1"), ALL))).isEmpty();
        assertThat(warnings(planner().announced(address("10.1.2.3"), address("10.1.2.3"))))
                .isEmpty();
        assertThat(warnings(planner().announced(address("127.0.0.1"), address("127.0.0.1"))))
                .isEmpty();
    }

    @Test
    void whatLinuxTellsIsRead(@TempDir Path proc) throws Exception {
        Path settings = Files.createDirectories(proc.resolve("sys/net/ipv4"));
        Files.writeString(settings.resolve("ip_local_port_range"), "32768\t60999\n");
        Files.writeString(settings.resolve("ip_local_reserved_ports"), "8080,60000-60999\n");
        Files.writeString(settings.resolve("ip_unprivileged_port_start"), "80\n");
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\nCapEff:\t0000000000000400\nSeccomp:\t0\n");

        assertThat(HostFacts.ofLinux(proc))
                .isEqualTo(new HostFacts(
                        Optional.of(new PortRange(32768, 60999)),
                        List.of(PortRange.of(8080), new PortRange(60000, 60999)),
                        80,
                        true));
    }

    @Test
    void whatLinuxHidesIsNotMadeUp(@TempDir Path proc) {
        assertThat(HostFacts.ofLinux(proc)).isEqualTo(new HostFacts(Optional.empty(), List.of(), 1024, false));
        assertThat(HostFacts.ofThisHost()).isNotNull();
    }

    @Test
    void whatIsNoRangeOfPortsIsRefused() {
        assertThatThrownBy(() -> new PortRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PortRange(1, 65536)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PortRange.of(0).isAny()).isTrue();
        assertThat(new PortRange(60000, 65535).size()).isEqualTo(5536);
    }
}
