package io.portolan.fs.nio;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** Opens files for reading and writing at any place. */
final class PathPositionalFiles implements PositionalFiles {

    private final Store store;

    PathPositionalFiles(Store store) {
        this.store = store;
    }

    @Override
    public PositionalFile openPositional(VirtualPath path, Set<Access> access) throws IOException {
        Set<Access> flags = Access.checked(access);
        boolean mayMake = flags.contains(Access.CREATE) || flags.contains(Access.CREATE_NEW);
        if (mayMake) {
            store.requireCreatable(path);
        }
        Place place = null;
        boolean opened = false;
        try {
            place = store.walker().find(path, LinkHandling.FOLLOW);
            if (!place.exists() && !mayMake) {
                throw new NoSuchFileException(path.toString());
            }
            if (place.exists() && !place.attributes().isRegularFile()) {
                throw new NotAFileException(path);
            }
            if (place.exists() && flags.contains(Access.CREATE_NEW)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            PositionalFile file =
                    place.exists() && !flags.contains(Access.TRUNCATE) ? inPlace(place, flags) : made(place, flags);
            opened = true;
            return file;
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "open", failed);
        } finally {
            if (place != null && !opened) {
                place.close();
            }
        }
    }

    private static PositionalFile inPlace(Place place, Set<Access> flags) throws IOException {
        Set<OpenOption> options = new HashSet<>();
        if (flags.contains(Access.READ)) {
            options.add(StandardOpenOption.READ);
        }
        if (flags.contains(Access.WRITE)) {
            // the JDK does not open one channel for reading and appending; its end is looked up for each write then
            options.add(
                    flags.contains(Access.APPEND) && !flags.contains(Access.READ)
                            ? StandardOpenOption.APPEND
                            : StandardOpenOption.WRITE);
        }
        SeekableByteChannel channel = place.folder().open(place.name(), options);
        place.close();
        return new PathPositionalFile(place.path(), flags, channel, null);
    }

    private PositionalFile made(Place place, Set<Access> flags) throws IOException {
        WriteMode mode = flags.contains(Access.CREATE_NEW) ? WriteMode.CREATE_NEW : WriteMode.REPLACE;
        PendingFile file = PendingFile.make(store, place, mode, flags.contains(Access.READ));
        return new PathPositionalFile(place.path(), flags, file.channel(), file);
    }
}
