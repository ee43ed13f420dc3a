package io.portolan.sftp.client.internal.hostkey;

import io.portolan.sftp.client.HostKeyQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whom to trust.
 *
 * @param files of known hosts, of which the first is written to
 * @param common files of all users, which are only read
 * @param text what is known besides, in the same format
 * @param fingerprints of keys that are trusted whatever the host, {@code SHA256:…}
 * @param alias by which the host is known instead of its name and port
 * @param unknown decides about hosts of which nothing is known; empty to refuse them
 * @param hashed whether names that are written down are digests
 * @param updates whether the keys that a trusted host says it has as well are written down
 */
public record HostKeySettings(
        List<Path> files,
        List<Path> common,
        String text,
        Set<String> fingerprints,
        Optional<String> alias,
        Optional<Predicate<HostKeyQuestion>> unknown,
        boolean hashed,
        boolean updates) {

    public HostKeySettings {
        files = List.copyOf(files);
        common = List.copyOf(common);
        fingerprints = Set.copyOf(fingerprints);
    }

    /** Whoever is in files, of which the first is written to, or in files that are common to all users. */
    public static HostKeySettings inFiles(List<Path> files, List<Path> common) {
        return new HostKeySettings(files, common, "", Set.of(), Optional.empty(), Optional.empty(), true, false);
    }

    /** Whoever is in a text. */
    public static HostKeySettings inText(String text) {
        return new HostKeySettings(
                List.of(), List.of(), text, Set.of(), Optional.empty(), Optional.empty(), true, false);
    }

    /** Whoever has one of these keys. */
    public static HostKeySettings withFingerprints(Set<String> fingerprints) {
        return new HostKeySettings(
                List.of(), List.of(), "", fingerprints, Optional.empty(), Optional.empty(), true, false);
    }

    /** The same with somebody who decides about the unknown, which are then written down. */
    public HostKeySettings asking(Predicate<HostKeyQuestion> decides) {
        return new HostKeySettings(files, common, text, fingerprints, alias, Optional.of(decides), hashed, updates);
    }

    /** The same by another name. */
    public HostKeySettings withAlias(String name) {
        return new HostKeySettings(files, common, text, fingerprints, Optional.of(name), unknown, hashed, updates);
    }

    /** The same with names that can be read, or not. */
    public HostKeySettings withHashedNames(boolean digests) {
        return new HostKeySettings(files, common, text, fingerprints, alias, unknown, digests, updates);
    }

    /** The same with other keys of trusted hosts written down. */
    public HostKeySettings updating() {
        return new HostKeySettings(files, common, text, fingerprints, alias, unknown, hashed, true);
    }

    /** Those of the user, then those of all. */
    public List<Path> allFiles() {
        return Stream.concat(files.stream(), common.stream()).toList();
    }

    /** What decides about one connection, by what is known now. Blocks. */
    public HostKeyJudge judge(String host, int port) throws IOException {
        HostName reached = new HostName(host, port);
        HostName name = alias.map(HostName::alias).orElse(reached);
        KnownHosts known =
                KnownHosts.read(files).and(KnownHosts.readCommon(common)).and(KnownHosts.of(text));
        return new HostKeyJudge(this, known.of(name), reached);
    }

    /** Where what is learnt goes; nothing if there is no such place. */
    Optional<KnownHostsFile> learning() {
        return files.stream().findFirst().map(file -> new KnownHostsFile(file, hashed));
    }
}
