package io.portolan.ftp.server.internal.port;

import io.portolan.ftp.server.PublicAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides by where the client is. */
public final class NetworkPublicAddress implements PublicAddress {

    private final List<Rule> rules;
    private final PublicAddress otherwise;

    /**
     * See {@link PublicAddress#byClientNetwork(Map, PublicAddress)}.
     *
     * @param networks decisions by network
     * @param otherwise for clients in none of them
     */
    public NetworkPublicAddress(Map<String, PublicAddress> networks, PublicAddress otherwise) {
        this.rules = networks.entrySet().stream()
                .map(entry -> new Rule(CidrBlock.parse(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparingInt((Rule rule) -> rule.network().prefix())
                        .reversed())
                .toList();
        this.otherwise = otherwise;
    }

    @Override
    public Optional<Inet4Address> announce(InetAddress reached, InetAddress client) {
        for (Rule rule : rules) {
            if (rule.network().contains(client)) {
                return rule.decision().announce(reached, client);
            }
        }
        return otherwise.announce(reached, client);
    }

    @Override
    public void refresh() {
        decisions().forEach(PublicAddress::refresh);
    }

    @Override
    public Optional<Duration> refreshInterval() {
        return decisions()
                .flatMap(decision -> decision.refreshInterval().stream())
                .min(Comparator.naturalOrder());
    }

    @Override
    public String toString() {
        return rules + ", otherwise " + otherwise;
    }

    private Stream<PublicAddress> decisions() {
        return Stream.concat(rules.stream().map(Rule::decision), Stream.of(otherwise));
    }

    private record Rule(CidrBlock network, PublicAddress decision) {}
}
