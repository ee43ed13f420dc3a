package io.portolan.sftp.client.internal.hostkey;

import io.portolan.sftp.client.HostKeyQuestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whom to trust.
 *
 * @param files of known hosts; the first is the one that is written to
 * @param text what is known besides, in the same format
 * @param fingerprints of keys that are trusted whatever the host, {@code SHA256:…}
 * @param unknown decides about hosts of which nothing is known; empty to refuse them
 * @param keeps whether what it decides for is written down
 * @param hashed whether names that are written down are digests
 * @param updates whether the keys that a trusted host says it has as well are written down
 */
public record HostKeySettings(
        List<Path> files,
        String text,
        Set<String> fingerprints,
        Optional<Predicate<HostKeyQuestion>> unknown,
        boolean keeps,
        boolean hashed,
        boolean updates) {

    public HostKeySettings {
        files = List.copyOf(files);
        fingerprints = Set.copyOf(fingerprints);
    }

    /** What decides about one connection, by what is known now. Blocks. */
    public HostKeyJudge judge(String host, int port) throws IOException {
        HostName name = new HostName(host, port);
        KnownHosts known = KnownHosts.read(files).and(KnownHosts.of(text));
        return new HostKeyJudge(this, known.of(name));
    }

    /** Where what is learnt goes; nothing if nobody wants that. */
    Optional<KnownHostsFile> learning() {
        return (keeps || updates) && !files.isEmpty()
                ? Optional.of(new KnownHostsFile(files.get(0), hashed))
                : Optional.empty();
    }
}
