package io.portolan.sftp.client.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.compress.SshCompressionHandler;
import io.portolan.ssh.internal.kex.Negotiation;
import io.portolan.ssh.internal.packet.SshCipher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One algorithm of each kind.
 *
 * @param keyExchange the method
 * @param hostKey the signature of the host
 * @param packets how packets are protected, the same both ways
 */
record AlgorithmChoice(String keyExchange, String hostKey, Negotiation.Direction packets) {

    private static final SshAlgorithms OURS = SshAlgorithms.compatible();

    private static final List<String> COMPRESSIONS = List.of("none", SshCompressionHandler.NAME);

    /** Each algorithm that a server has and we have, at least once, and each cipher with each MAC. */
    static List<AlgorithmChoice> eachOf(Offer theirs) {
        List<String> exchanges = common(OURS.keyExchanges(), theirs.keyExchanges());
        List<String> hostKeys = common(OURS.hostKeys(), theirs.hostKeys());
        List<String> compressions = common(COMPRESSIONS, theirs.compressions());
        List<AlgorithmChoice> choices = new ArrayList<>();
        List<Negotiation.Direction> packets = protections(theirs, compressions);
        int most = Collections.max(List.of(exchanges.size(), hostKeys.size(), packets.size()));
        for (int i = 0; i < most; i++) {
            choices.add(new AlgorithmChoice(nth(exchanges, i), nth(hostKeys, i), nth(packets, i)));
        }
        return choices;
    }

    /** Each key exchange with each host key besides, and each protection with each compression. */
    static List<AlgorithmChoice> crossed(Offer theirs) {
        List<String> exchanges = common(OURS.keyExchanges(), theirs.keyExchanges());
        List<String> hostKeys = common(OURS.hostKeys(), theirs.hostKeys());
        List<Negotiation.Direction> packets = new ArrayList<>();
        for (String compression : common(COMPRESSIONS, theirs.compressions())) {
            packets.addAll(protections(theirs, List.of(compression)));
        }
        List<AlgorithmChoice> choices = new ArrayList<>();
        for (String exchange : exchanges) {
            for (String hostKey : hostKeys) {
                choices.add(new AlgorithmChoice(exchange, hostKey, nth(packets, choices.size())));
            }
        }
        for (int i = choices.size(); i < packets.size(); i++) {
            choices.add(new AlgorithmChoice(nth(exchanges, i), nth(hostKeys, i), packets.get(i)));
        }
        return choices;
    }

    /** Each cipher with each MAC; the compressions take turns. */
    private static List<Negotiation.Direction> protections(Offer theirs, List<String> compressions) {
        List<String> macs = OURS.macs().stream().filter(theirs.macs()::contains).toList();
        List<Negotiation.Direction> all = new ArrayList<>();
        for (String cipher : common(OURS.ciphers(), theirs.ciphers())) {
            if (SshCipher.named(cipher).orElseThrow().isAuthenticated()) {
                all.add(new Negotiation.Direction(cipher, Optional.empty(), nth(compressions, all.size())));
                continue;
            }
            assertThat(macs).isNotEmpty();
            for (String mac : macs) {
                all.add(new Negotiation.Direction(cipher, Optional.of(mac), nth(compressions, all.size())));
            }
        }
        return all;
    }

    /** In our order, so that the best come first. */
    private static List<String> common(List<String> ours, List<String> theirs) {
        List<String> common = ours.stream().filter(theirs::contains).toList();
        assertThat(common).isNotEmpty();
        return common;
    }

    private static <T> T nth(List<T> all, int index) {
        return all.get(index % all.size());
    }

    /** What has to be offered for this. */
    SshAlgorithms offer() {
        SshAlgorithms offer = OURS.withKeyExchanges(List.of(keyExchange))
                .withHostKeys(List.of(hostKey))
                .withCiphers(List.of(packets.cipher()));
        if (packets.mac().isPresent()) {
            offer = offer.withMacs(List.of(packets.mac().get()));
        }
        return packets.compression().equals("none") ? offer : offer.withCompression();
    }

    /** Whether that was agreed upon, and nothing else. */
    void isWhat(Negotiation agreed) {
        assertThat(agreed.keyExchange()).isEqualTo(keyExchange);
        assertThat(agreed.hostKey()).isEqualTo(hostKey);
        assertThat(agreed.toServer()).isEqualTo(packets);
        assertThat(agreed.toClient()).isEqualTo(packets);
    }
}
