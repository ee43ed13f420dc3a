package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NegotiationTest {

    private static AlgorithmProposal proposal(
            String keyExchanges, String hostKeys, String ciphers, String macs, String compressions) {
        return AlgorithmProposal.symmetric(
                names(keyExchanges), names(hostKeys), names(ciphers), names(macs), names(compressions));
    }

    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(","));
    }

    private static Negotiation negotiate(AlgorithmProposal client, AlgorithmProposal server) throws Exception {
        return Negotiation.of(client, server, cipher -> cipher.endsWith("gcm"));
    }

    @Test
    void theClientsOrderDecides() throws Exception {
        Negotiation result = negotiate(
                proposal("x,k1,k2", "x,h1,h2", "x,c1,c2", "x,m1,m2", "x,z1,z2"),
                proposal("k2,k1", "h2,h1", "c2,c1", "m2,m1", "z2,z1"));
        assertThat(result.keyExchange()).isEqualTo("k1");
        assertThat(result.hostKey()).isEqualTo("h1");
        assertThat(result.toServer().cipher()).isEqualTo("c1");
        assertThat(result.toServer().mac()).contains("m1");
        assertThat(result.toClient().compression()).isEqualTo("z1");
        assertThat(result.guessRight()).isFalse();
    }

    @Test
    void theTwoDirectionsAreIndependent() throws Exception {
        AlgorithmProposal client = new AlgorithmProposal(
                names("k"), names("h"), names("c1"), names("c2"), names("m1"), names("m2"), names("n"), names("z"));
        AlgorithmProposal server = new AlgorithmProposal(
                names("k"),
                names("h"),
                names("c2,c1"),
                names("c1,c2"),
                names("m2,m1"),
                names("m1,m2"),
                names("z,n"),
                names("n,z"));
        Negotiation result = negotiate(client, server);
        assertThat(result.toServer()).hasToString("Direction[cipher=c1, mac=Optional[m1], compression=n]");
        assertThat(result.toClient()).hasToString("Direction[cipher=c2, mac=Optional[m2], compression=z]");
    }

    @Test
    void aCipherThatAuthenticatesNeedsNoCommonMac() throws Exception {
        Negotiation result =
                negotiate(proposal("k", "h", "aes-gcm", "m1", "n"), proposal("k", "h", "aes-gcm", "", "n"));
        assertThat(result.toServer().mac()).isEmpty();
        assertThat(result.toClient().mac()).isEmpty();
    }

    @Test
    void aGuessIsRightIfBothPreferTheSame() throws Exception {
        AlgorithmProposal server = proposal("k1,k2", "h1,h2", "c", "m", "n");
        assertThat(negotiate(proposal("k1,x", "h1", "x,c", "x,m", "n"), server).guessRight())
                .isTrue();
        assertThat(negotiate(proposal("k2,k1", "h1", "c", "m", "n"), server).guessRight())
                .isFalse();
        assertThat(negotiate(proposal("k1", "h2,h1", "c", "m", "n"), server).guessRight())
                .isFalse();
        // k2 is chosen, but it is not what the client guessed
        assertThat(negotiate(proposal("x,k2", "h1", "c", "m", "n"), server).guessRight())
                .isFalse();
    }

    @Test
    void markersAreNeverChosen() {
        for (KexMarker marker : KexMarker.values()) {
            AlgorithmProposal both = proposal(marker.wireName(), "h", "c", "m", "n");
            SshProtocolException refusal =
                    catchThrowableOfType(SshProtocolException.class, () -> negotiate(both, both));
            assertThat(refusal).hasMessageContaining("key exchange");
        }
    }

    @Test
    void strictKeyExchangeNeedsTheRightMarkerOfEachSide() throws Exception {
        String client = "k,kex-strict-c-v00@openssh.com,ext-info-c";
        String server = "k,kex-strict-s-v00@openssh.com,ext-info-s";
        assertThat(markers(client, server)).isEqualTo(new Negotiation.Markers(true, true, true));
        assertThat(markers(client, "k")).isEqualTo(new Negotiation.Markers(false, true, false));
        assertThat(markers("k", server)).isEqualTo(new Negotiation.Markers(false, false, true));
        // each with the other's
        assertThat(markers(server, client)).isEqualTo(new Negotiation.Markers(false, false, false));
    }

    private static Negotiation.Markers markers(String client, String server) throws Exception {
        return negotiate(proposal(client, "h", "c", "m", "n"), proposal(server, "h", "c", "m", "n"))
                .markers();
    }

    @Test
    void noAgreementOnAnyKindEndsTheKeyExchange() {
        AlgorithmProposal server = proposal("k", "h", "c", "m", "n");
        for (AlgorithmProposal client : List.of(
                proposal("x", "h", "c", "m", "n"),
                proposal("", "h", "c", "m", "n"),
                proposal("k", "", "c", "m", "n"),
                proposal("k", "h", "x", "m", "n"),
                proposal("k", "h", "c", "x", "n"),
                proposal("k", "h", "c", "m", ""))) {
            SshProtocolException refusal =
                    catchThrowableOfType(SshProtocolException.class, () -> negotiate(client, server));
            assertThat(refusal.reason()).isEqualTo(DisconnectReason.KEY_EXCHANGE_FAILED);
            assertThat(refusal).hasMessageContaining("no common");
        }
    }
}
