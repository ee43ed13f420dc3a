package io.portolan.fs.nio;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes, in the directories that are written to, what broken uploads left there long ago: otherwise a folder into which strangers upload would fill up with what
 * nobody sees. Thread-safe.
 */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    /** Long enough for a client to be repaired over a weekend and to go on. */
    static final Duration DEFAULT_AGE = Duration.ofDays(7);

    /** A temporary file of another process may rest for so long between two writes. */
    static final Duration MIN_AGE = Parts.STALE_AFTER;

    static final Duration MAX_AGE = Duration.ofDays(3650);

    /** Parts grow old slowly, so that an upload pays for the listing of its directory rarely. */
    static final Duration PAUSE = Duration.ofHours(1);

    /** What a disk lists in some tens of milliseconds, which the upload that comes first has to wait. */
    static final int MAX_NAMES = 50_000;

    /** A deletion costs more than a name; what is over is left for the next time. */
    static final int MAX_DELETED = 100;

    /** Of how many directories it is remembered when they were swept. */
    static final int REMEMBERED = 1024;

    private final Duration keptFor;
    private final Clock clock;
    private final Map<Path, Instant> swept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Sweeper(Duration keptFor, Clock clock) {
        this.keptFor = keptFor;
        this.clock = clock;
    }

    /** Sweeps a directory unless that was done not long ago. What fails is left for the next time. */
    void sweep(Store store, Folder folder) {
        if (!store.root().trusted() || !isDue(folder.location)) {
            return;
        }
        try (Folder.Names names = folder.names()) {
            int seen = 0;
            int deleted = 0;
            for (Path listed : names.stream()) {
                if (deleted == MAX_DELETED || ++seen > MAX_NAMES) {
                    return;
                }
                String name = listed.getFileName().toString();
                if (isPart(store, name) && isOld(names.attributes(listed.getFileName()))) {
                    folder.deleteFile(name);
                    deleted++;
                }
            }
        } catch (NoSuchFileException gone) {
            // somebody else sweeps, or the upload goes on
        } catch (IOException | DirectoryIteratorException failed) {
            LOG.debug("Old parts of uploads in {} could not be deleted", folder.location, failed);
        }
    }

    private synchronized boolean isDue(Path directory) {
        Instant now = clock.instant();
        Instant last = swept.get(directory);
        if (last != null && now.isBefore(last.plus(PAUSE))) {
            return false;
        }
        swept.put(directory, now);
        return true;
    }

    private static boolean isPart(Store store, String name) {
        return HiddenNames.isKept(name)
                || HiddenNames.isTemporary(name) && !store.activeParts().contains(name);
    }

    private boolean isOld(BasicFileAttributes attributes) {
        return attributes.isRegularFile()
                && attributes
                        .lastModifiedTime()
                        .toInstant()
                        .isBefore(clock.instant().minus(keptFor));
    }
}
