package io.portolan.fs;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what would make a file system larger than its quota. */
final class QuotaFileSystem extends ForwardingFileSystem {

    private static final Set<Class<?>> HARMLESS = Set.of(AtomicReplace.class, Digests.class, AttributeChanges.class);

    private final QuotaLedger ledger;

    QuotaFileSystem(VirtualFileSystem delegate, QuotaLimits limits) {
        super(delegate);
        this.ledger = new QuotaLedger(delegate, limits);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return upload(path, 0, () -> super.openWrite(path, mode));
    }

    /** Opens something that may throw. */
    interface Opening<F> {
        F open() throws IOException;
    }

    private WritableFile upload(VirtualPath path, long bytes, Opening<WritableFile> opening) throws IOException {
        long files = ledger.look(path, LinkHandling.FOLLOW) == null ? 1 : 0;
        WritableFile file = taking(path, bytes, files, opening);
        return new QuotaUpload(ledger, path, file, bytes, files, false, 0);
    }

    private <F> F taking(VirtualPath path, long bytes, long files, Opening<F> opening) throws IOException {
        ledger.take(path, bytes, files);
        boolean opened = false;
        try {
            F file = opening.open();
            opened = true;
            return file;
        } finally {
            if (!opened) {
                ledger.give(bytes, files);
            }
        }
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        taking(path, 0, 1, () -> {
            super.createDirectory(path);
            return path;
        });
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        synchronized (ledger) {
            FileInfo info = ledger.look(path, LinkHandling.NO_FOLLOW);
            super.delete(path);
            // where there was no file, it was the part of one that broke
            ledger.give(QuotaLedger.size(info), info == null ? 0 : 1);
            ledger.forgetKept(path);
        }
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        super.deleteDirectory(path);
        ledger.give(0, 1);
        ledger.forgetKeptBelow(path);
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        synchronized (ledger) {
            FileInfo replaced = from.equals(to) ? null : ledger.look(to, LinkHandling.NO_FOLLOW);
            super.rename(from, to, mode);
            if (replaced != null) {
                ledger.give(QuotaLedger.size(replaced), 1);
            }
            ledger.forgetKept(to);
        }
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (HARMLESS.contains(type)) {
            return delegate().capability(type);
        }
        Optional<?> own = Optional.empty();
        if (type == SpaceInfo.class) {
            own = Optional.of((SpaceInfo) ledger::space);
        } else if (type == AppendSupport.class) {
            own = delegate().capability(AppendSupport.class).map(append ->
                    (AppendSupport) path -> append(append, path));
        } else if (type == ResumableUploads.class) {
            own = delegate().capability(ResumableUploads.class).map(Resuming::new);
        } else if (type == PositionalFiles.class) {
            own = delegate().capability(PositionalFiles.class).map(files ->
                    (PositionalFiles) (path, access) -> positional(files, path, access));
        } else if (type == ServerSideCopy.class) {
            own = delegate().capability(ServerSideCopy.class).map(copying ->
                    (ServerSideCopy) (from, to, mode) -> copy(copying, from, to, mode));
        } else if (type == Links.class) {
            own = delegate().capability(Links.class).map(QuotaLinks::new);
        }
        return own.map(type::cast);
    }

    private WritableFile append(AppendSupport append, VirtualPath path) throws IOException {
        @Nullable FileInfo there = ledger.look(path, LinkHandling.FOLLOW);
        if (there != null) {
            WritableFile file = append.openAppend(path);
            return new QuotaUpload(ledger, path, file, 0, 0, true, QuotaLedger.size(there));
        }
        synchronized (ledger) {
            // a kept part counts already; from here on it counts as a part of the upload
            long kept = ledger.kept(path);
            ledger.forgetKept(path);
            return upload(path, kept, () -> append.openAppend(path));
        }
    }

    private PositionalFiles.PositionalFile positional(
            PositionalFiles files, VirtualPath path, Set<PositionalFiles.Access> access) throws IOException {
        Set<PositionalFiles.Access> flags = PositionalFiles.Access.checked(access);
        boolean absent = ledger.look(path, LinkHandling.FOLLOW) == null;
        boolean made = absent || flags.contains(PositionalFiles.Access.TRUNCATE);
        long count = absent ? 1 : 0;
        return new QuotaPositionalFile(
                ledger,
                path,
                taking(path, 0, count, () -> files.openPositional(path, flags)),
                made,
                flags.contains(PositionalFiles.Access.APPEND),
                count);
    }

    private void copy(ServerSideCopy copying, VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        synchronized (ledger) {
            FileInfo replaced = ledger.look(to, LinkHandling.FOLLOW);
            long size = QuotaLedger.size(ledger.look(from, LinkHandling.FOLLOW));
            taking(to, size, replaced == null ? 1 : 0, () -> {
                copying.copy(from, to, mode);
                return to;
            });
            ledger.give(QuotaLedger.size(replaced), 0);
            ledger.forgetKept(to);
        }
    }

    /** Resumed uploads take the room of what they go on with. */
    private final class Resuming implements ResumableUploads {
        private final ResumableUploads uploads;

        Resuming(ResumableUploads uploads) {
            this.uploads = uploads;
        }

        @Override
        public OptionalLong keptSize(VirtualPath path) throws IOException {
            return uploads.keptSize(path);
        }

        @Override
        public WritableFile resume(VirtualPath path, long offset) throws IOException {
            synchronized (ledger) {
                long kept = offset == 0 ? 0 : ledger.kept(path);
                if (kept > 0) {
                    ledger.forgetKept(path);
                }
                boolean resumed = false;
                try {
                    WritableFile file = upload(path, offset, () -> uploads.resume(path, offset));
                    resumed = true;
                    return file;
                } finally {
                    if (!resumed) {
                        ledger.lookForKept(path);
                    }
                }
            }
        }
    }

    /** Links count as files. */
    private final class QuotaLinks implements Links {
        private final Links links;

        QuotaLinks(Links links) {
            this.links = links;
        }

        @Override
        public String readLink(VirtualPath path) throws IOException {
            return links.readLink(path);
        }

        @Override
        public void createSymbolicLink(VirtualPath path, String target) throws IOException {
            taking(path, 0, 1, () -> {
                links.createSymbolicLink(path, target);
                return path;
            });
        }

        @Override
        public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
            // counted once for each name, as the walk counts it
            long size = QuotaLedger.size(ledger.look(existing, LinkHandling.NO_FOLLOW));
            taking(path, size, 1, () -> {
                links.createHardLink(path, existing);
                return path;
            });
        }
    }
}
