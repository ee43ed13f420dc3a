package io.portolan.sftp.client.internal.check;

import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexMarker;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.ssh.internal.transport.TransportSettings;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The algorithms of both sides, kind by kind. What is of both directions is one kind: what a server has in one only is of no use. */
final class AlgorithmComparison {

    /** What algorithms are for. */
    enum Kind {
        KEY_EXCHANGE("key exchange", "KexAlgorithms"),
        HOST_KEY("host key", "HostKey and HostKeyAlgorithms"),
        CIPHER("cipher", "Ciphers"),
        MAC("MAC", "MACs"),
        COMPRESSION("compression", "Compression");

        private final String words;
        private final String setting;

        Kind(String words, String setting) {
            this.words = words;
            this.setting = setting;
        }

        /** As part of a diagnosis' name. */
        String code() {
            return words.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        }

        /** What OpenSSH's server calls it. */
        String setting() {
            return setting;
        }
    }

    private record Lists(List<String> ours, List<String> theirs) {
        List<String> common() {
            return ours.stream().filter(theirs::contains).toList();
        }
    }

    private final Map<Kind, Lists> kinds = new EnumMap<>(Kind.class);

    private AlgorithmComparison() {}

    /** As the client proposes them. */
    static AlgorithmProposal proposal(SshAlgorithms chosen) {
        return TransportSettings.of(chosen, RekeyLimits.STANDARD, List.of()).algorithms();
    }

    static AlgorithmComparison of(SshAlgorithms chosen, AlgorithmProposal theirs) {
        AlgorithmProposal ours = proposal(chosen);
        AlgorithmComparison made = new AlgorithmComparison();
        made.kinds.put(
                Kind.KEY_EXCHANGE,
                new Lists(withoutMarkers(ours.keyExchanges()), withoutMarkers(theirs.keyExchanges())));
        made.kinds.put(Kind.HOST_KEY, new Lists(ours.hostKeys(), theirs.hostKeys()));
        made.kinds.put(
                Kind.CIPHER,
                new Lists(ours.ciphersToServer(), both(theirs.ciphersToServer(), theirs.ciphersToClient())));
        made.kinds.put(Kind.MAC, new Lists(ours.macsToServer(), both(theirs.macsToServer(), theirs.macsToClient())));
        made.kinds.put(
                Kind.COMPRESSION,
                new Lists(
                        ours.compressionsToServer(),
                        both(theirs.compressionsToServer(), theirs.compressionsToClient())));
        return made;
    }

    private static List<String> withoutMarkers(List<String> names) {
        return names.stream().filter(name -> !KexMarker.is(name)).toList();
    }

    private static List<String> both(List<String> one, List<String> other) {
        return one.stream().filter(other::contains).toList();
    }

    private Lists lists(Kind kind) {
        Lists found = kinds.get(kind);
        if (found == null) {
            throw new IllegalStateException("no lists of " + kind);
        }
        return found;
    }

    List<String> ours(Kind kind) {
        return lists(kind).ours();
    }

    List<String> theirs(Kind kind) {
        return lists(kind).theirs();
    }

    List<String> common(Kind kind) {
        return lists(kind).common();
    }

    /** What is agreed on; empty if nothing is. */
    String first(Kind kind) {
        return common(kind).stream().findFirst().orElse("");
    }

    /** The kinds of which there is nothing in common, and that are needed: a cipher that authenticates by itself has no MAC. */
    List<Kind> missing() {
        return Arrays.stream(Kind.values())
                .filter(kind -> common(kind).isEmpty() && isNeeded(kind))
                .toList();
    }

    private boolean isNeeded(Kind kind) {
        return kind != Kind.MAC
                || SshCipher.named(first(Kind.CIPHER))
                        .map(cipher -> !cipher.isAuthenticated())
                        .orElse(false);
    }

    /** What both have, for people. */
    String common() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind != Kind.COMPRESSION && !common(kind).isEmpty())
                .map(kind -> kind.words + " " + String.join(", ", common(kind)))
                .collect(Collectors.joining("; "));
    }

    /** What each has, for people. */
    String contrast(Kind kind) {
        return "no " + kind.words + " in common: the server has " + listed(theirs(kind)) + ", this client "
                + listed(ours(kind));
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
