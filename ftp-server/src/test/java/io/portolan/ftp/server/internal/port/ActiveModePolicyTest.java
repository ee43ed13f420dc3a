package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveModePolicyTest {

    private static final String CLIENT = "198.51.100.7";

    @Test
    void theControlPeerIsAllowedFromPort1024On() throws Exception {
        ActiveModePolicy policy = ActiveModePolicy.controlPeerOnly();

        assertThat(objection(policy, CLIENT, 1024)).isEmpty();
        assertThat(objection(policy, CLIENT, 65_535)).isEmpty();
        assertThat(objection(policy, CLIENT, 1023)).contains("ports below 1024 are refused");
        assertThat(objection(policy, CLIENT, 0)).contains("ports below 1024 are refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.51.100.8", "127.0.0.1", "0.0.0.0", "224.0.0.1", "::1", "2001:db8::1"})
    void everyOtherAddressIsRefused(String target) throws Exception {
        assertThat(objection(ActiveModePolicy.controlPeerOnly(), target, 2000))
                .contains("only your own address is allowed");
    }

    @Test
    void serversInANamedNetworkAreAllowedButNotTheirLowPorts() throws Exception {
        ActiveModePolicy policy = ActiveModePolicy.fxpInto(List.of(CidrBlock.parse("203.0.113.0/24")));

        assertThat(objection(policy, "203.0.113.9", 2000)).isEmpty();
        assertThat(objection(policy, CLIENT, 2000)).isEmpty();
        assertThat(objection(policy, "203.0.113.9", 25)).isPresent();
        assertThat(objection(policy, "203.0.114.9", 2000)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "224.0.0.1", "169.254.169.254"})
    void addressesThatMeanThisMachineOrManyAreRefusedWhateverIsNamed(String target) throws Exception {
        ActiveModePolicy policy = ActiveModePolicy.fxpInto(List.of(CidrBlock.parse("0.0.0.0/0")));

        assertThat(objection(policy, target, 2000)).isPresent();
    }

    private static Optional<String> objection(ActiveModePolicy policy, String target, int port) throws Exception {
        return policy.objection(
                InetAddress.getByName(CLIENT), new InetSocketAddress(InetAddress.getByName(target), port));
    }
}
