package io.portolan.ssh.internal.kex;

import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What two KEXINITs lead to (RFC 4253 section 7.1): of each kind the client's first that the server has too.
 *
 * @param keyExchange the method's name
 * @param hostKey the signature algorithm of the host key
 * @param toServer how the client's packets are protected
 * @param toClient how the server's packets are protected
 * @param guessRight whether both prefer the same key exchange and host key; a packet sent on a wrong guess is thrown away
 * @param markers what both said beside algorithms
 */
public record Negotiation(
        String keyExchange,
        String hostKey,
        Direction toServer,
        Direction toClient,
        boolean guessRight,
        Markers markers) {

    /**
     * One direction.
     *
     * @param mac empty if the cipher authenticates by itself; then the lists of MACs do not matter
     */
    public record Direction(String cipher, Optional<String> mac, String compression) {}

    /**
     * What counts if these were the first KEXINITs of the connection, and otherwise has to be ignored.
     *
     * @param strict whether both know strict key exchange
     * @param clientTakesExtInfo whether the server may send EXT_INFO
     * @param serverTakesExtInfo whether the client may send EXT_INFO
     */
    public record Markers(boolean strict, boolean clientTakesExtInfo, boolean serverTakesExtInfo) {}

    /**
     * Compares two proposals.
     *
     * @param authenticatedCipher tells ciphers that need no MAC
     * @throws SshProtocolException if there is no agreement on one of the kinds
     */
    public static Negotiation of(
            AlgorithmProposal client, AlgorithmProposal server, Predicate<String> authenticatedCipher)
            throws SshProtocolException {
        List<String> clientMethods = withoutMarkers(client.keyExchanges());
        List<String> serverMethods = withoutMarkers(server.keyExchanges());
        String keyExchange = choose("key exchange", clientMethods, serverMethods);
        String hostKey = choose("host key", client.hostKeys(), server.hostKeys());
        boolean guessRight = clientMethods.get(0).equals(serverMethods.get(0))
                && client.hostKeys().get(0).equals(server.hostKeys().get(0));
        Direction toServer = direction(
                "to the server",
                choose("cipher to the server", client.ciphersToServer(), server.ciphersToServer()),
                authenticatedCipher,
                client.macsToServer(),
                server.macsToServer(),
                client.compressionsToServer(),
                server.compressionsToServer());
        Direction toClient = direction(
                "to the client",
                choose("cipher to the client", client.ciphersToClient(), server.ciphersToClient()),
                authenticatedCipher,
                client.macsToClient(),
                server.macsToClient(),
                client.compressionsToClient(),
                server.compressionsToClient());
        Markers markers = new Markers(
                KexMarker.STRICT_CLIENT.isIn(client) && KexMarker.STRICT_SERVER.isIn(server),
                KexMarker.EXT_INFO_CLIENT.isIn(client),
                KexMarker.EXT_INFO_SERVER.isIn(server));
        return new Negotiation(keyExchange, hostKey, toServer, toClient, guessRight, markers);
    }

    private static Direction direction(
            String where,
            String cipher,
            Predicate<String> authenticatedCipher,
            List<String> clientMacs,
            List<String> serverMacs,
            List<String> clientCompressions,
            List<String> serverCompressions)
            throws SshProtocolException {
        Optional<String> mac = authenticatedCipher.test(cipher)
                ? Optional.empty()
                : Optional.of(choose("MAC " + where, clientMacs, serverMacs));
        return new Direction(cipher, mac, choose("compression " + where, clientCompressions, serverCompressions));
    }

    private static List<String> withoutMarkers(List<String> names) {
        return names.stream().filter(name -> !KexMarker.is(name)).toList();
    }

    private static String choose(String kind, List<String> client, List<String> server) throws SshProtocolException {
        Set<String> known = new HashSet<>(server);
        for (String name : client) {
            if (known.contains(name)) {
                return name;
            }
        }
        throw new SshProtocolException(
                DisconnectReason.KEY_EXCHANGE_FAILED,
                "no common " + kind + "; the client has " + client + ", the server " + server);
    }
}
