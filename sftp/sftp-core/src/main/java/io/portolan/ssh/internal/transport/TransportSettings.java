package io.portolan.ssh.internal.transport;

import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.compress.SshCompressionHandler;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import java.time.Duration;
import java.util.List;

/**
 * What both roles need to know. Immutable, one for all connections.
 *
 * @param algorithms what is proposed, without the markers of extensions; a server's host keys are taken from the keys that it has, in this order
 * @param requireStrict whether a peer without strict key exchange is refused
 * @param rekey when keys are renewed
 * @param keyExchangeTime how long one key exchange may take, from our KEXINIT to the peer's NEWKEYS
 * @param signatureAlgorithms what a server takes for authentication, as it tells by {@code server-sig-algs}
 */
public record TransportSettings(
        AlgorithmProposal algorithms,
        boolean requireStrict,
        RekeyLimits rekey,
        Duration keyExchangeTime,
        List<String> signatureAlgorithms) {

    /** Long enough for a phone on a bad line, short enough that nobody holds a half-made connection for long. */
    public static final Duration KEY_EXCHANGE_TIME = Duration.ofSeconds(60);

    public TransportSettings {
        signatureAlgorithms = List.copyOf(signatureAlgorithms);
    }

    /** Settings from what the embedder has chosen, with times and limits as they are recommended. */
    public static TransportSettings of(SshAlgorithms chosen, RekeyLimits rekey, List<String> signatureAlgorithms) {
        AlgorithmProposal proposal = AlgorithmProposal.symmetric(
                chosen.keyExchanges(),
                chosen.hostKeys(),
                chosen.ciphers(),
                chosen.macs(),
                chosen.isCompressionOffered() ? List.of(SshCompressionHandler.NAME, "none") : List.of("none"));
        return new TransportSettings(
                proposal, chosen.isStrictKeyExchangeRequired(), rekey, KEY_EXCHANGE_TIME, signatureAlgorithms);
    }

    TransportSettings withHostKeys(List<String> names) {
        AlgorithmProposal all = algorithms;
        return new TransportSettings(
                new AlgorithmProposal(
                        all.keyExchanges(),
                        names,
                        all.ciphersToServer(),
                        all.ciphersToClient(),
                        all.macsToServer(),
                        all.macsToClient(),
                        all.compressionsToServer(),
                        all.compressionsToClient()),
                requireStrict,
                rekey,
                keyExchangeTime,
                signatureAlgorithms);
    }
}
