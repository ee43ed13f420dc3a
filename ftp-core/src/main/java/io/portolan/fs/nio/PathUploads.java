package io.portolan.fs.nio;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.InvalidOffsetException;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.RenameMode;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.ServerSideCopy;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways to write a file forward: new, at its end, from where it broke, from another file. */
final class PathUploads implements AppendSupport, ResumableUploads, ServerSideCopy {

    private final Store store;

    PathUploads(Store store) {
        this.store = store;
    }

    WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return opening(path, place -> begin(place, mode));
    }

    private Upload begin(Place place, WriteMode mode) throws IOException {
        if (requireFileOrNothing(place) != null && mode == WriteMode.CREATE_NEW) {
            throw new FileAlreadyExistsException(place.path().toString());
        }
        return new Upload(PendingFile.make(store, place, mode, false), 0);
    }

    @Override
    public WritableFile openAppend(VirtualPath path) throws IOException {
        return opening(path, place -> {
            if (requireFileOrNothing(place) != null) {
                SeekableByteChannel channel =
                        place.folder().open(place.name(), Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND));
                AppendUpload append = new AppendUpload(path, channel, store.partialUploads() == PartialUploads.KEEP);
                place.close();
                return append;
            }
            BasicFileAttributes kept = Parts.kept(place.folder(), place.name());
            return kept == null
                    ? begin(place, WriteMode.REPLACE)
                    : new Upload(PendingFile.takeKept(store, place, kept.size()), kept.size());
        });
    }

    @Override
    public OptionalLong keptSize(VirtualPath path) throws IOException {
        try (Place place = store.walker().find(path, LinkHandling.FOLLOW)) {
            if (place.isFolderItself()) {
                return OptionalLong.empty();
            }
            BasicFileAttributes kept = Parts.kept(place.folder(), place.name());
            return kept == null ? OptionalLong.empty() : OptionalLong.of(kept.size());
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    @Override
    public WritableFile resume(VirtualPath path, long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " is negative");
        }
        return opening(path, place -> resume(place, offset));
    }

    private Upload resume(Place place, long offset) throws IOException {
        BasicFileAttributes published = requireFileOrNothing(place);
        if (offset == 0) {
            return begin(place, WriteMode.REPLACE);
        }
        BasicFileAttributes kept = Parts.kept(place.folder(), place.name());
        BasicFileAttributes present = kept == null ? published : kept;
        if (present == null) {
            throw new NoSuchFileException(place.path().toString());
        }
        if (offset > present.size()) {
            throw new InvalidOffsetException(place.path(), offset, present.size());
        }
        return kept == null
                ? continueCopy(place, offset)
                : new Upload(PendingFile.takeKept(store, place, offset), offset);
    }

    /** What is published stays untouched until the commit, so its beginning is copied. */
    private Upload continueCopy(Place place, long length) throws IOException {
        try (SeekableByteChannel source = place.folder().open(place.name(), Set.of(StandardOpenOption.READ))) {
            return copyOf(source, place, length, WriteMode.REPLACE);
        }
    }

    private Upload copyOf(SeekableByteChannel source, Place target, long length, WriteMode mode) throws IOException {
        PendingFile file = PendingFile.make(store, target, mode, false);
        boolean copied = false;
        try {
            Copying.copy(source, file.channel(), length);
            copied = true;
            return new Upload(file, length);
        } finally {
            if (!copied) {
                file.close();
            }
        }
    }

    @Override
    public void copy(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        WriteMode writeMode = mode == RenameMode.REPLACE ? WriteMode.REPLACE : WriteMode.CREATE_NEW;
        try (Place source = store.walker().find(from, LinkHandling.FOLLOW)) {
            if (!source.attributes().isRegularFile()) {
                throw new NotAFileException(from);
            }
            try (SeekableByteChannel content = source.folder().open(source.name(), Set.of(StandardOpenOption.READ));
                    WritableFile copy = opening(to, target -> {
                        BasicFileAttributes old = target.exists() ? target.attributes() : null;
                        if (old != null && (old.isDirectory() || mode == RenameMode.FAIL_IF_EXISTS)) {
                            throw new FileAlreadyExistsException(to.toString());
                        }
                        requireFileOrNothing(target);
                        return copyOf(content, target, content.size(), writeMode);
                    })) {
                copy.commit();
            }
        } catch (IOException failed) {
            throw Failures.of(from, failed);
        }
    }

    /** Opens something at a place, which it holds from then on. */
    private interface Opening {
        WritableFile at(Place place) throws IOException;
    }

    private WritableFile opening(VirtualPath path, Opening opening) throws IOException {
        store.requireCreatable(path);
        Place place = null;
        boolean opened = false;
        try {
            place = store.walker().find(path, LinkHandling.FOLLOW);
            WritableFile file = opening.at(place);
            opened = true;
            return file;
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "write", failed);
        } finally {
            if (place != null && !opened) {
                place.close();
            }
        }
    }

    /** What is there to be replaced or appended to; anything but an ordinary file is refused before it is opened. */
    private static @Nullable BasicFileAttributes requireFileOrNothing(Place place) throws IOException {
        if (!place.exists()) {
            return null;
        }
        BasicFileAttributes attributes = place.attributes();
        if (!attributes.isRegularFile()) {
            throw new NotAFileException(place.path());
        }
        return attributes;
    }
}
