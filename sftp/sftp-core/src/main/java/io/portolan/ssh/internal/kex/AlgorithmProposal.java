package io.portolan.ssh.internal.kex;

import java.util.List;

/** What one side can do, by kind, the best first. Names that are no algorithms but tell of extensions stand among the key exchanges. */
public record AlgorithmProposal(
        List<String> keyExchanges,
        List<String> hostKeys,
        List<String> ciphersToServer,
        List<String> ciphersToClient,
        List<String> macsToServer,
        List<String> macsToClient,
        List<String> compressionsToServer,
        List<String> compressionsToClient) {

    public AlgorithmProposal {
        keyExchanges = List.copyOf(keyExchanges);
        hostKeys = List.copyOf(hostKeys);
        ciphersToServer = List.copyOf(ciphersToServer);
        ciphersToClient = List.copyOf(ciphersToClient);
        macsToServer = List.copyOf(macsToServer);
        macsToClient = List.copyOf(macsToClient);
        compressionsToServer = List.copyOf(compressionsToServer);
        compressionsToClient = List.copyOf(compressionsToClient);
    }

    /** The same for both directions. */
    public static AlgorithmProposal symmetric(
            List<String> keyExchanges,
            List<String> hostKeys,
            List<String> ciphers,
            List<String> macs,
            List<String> compressions) {
        return new AlgorithmProposal(keyExchanges, hostKeys, ciphers, ciphers, macs, macs, compressions, compressions);
    }
}
