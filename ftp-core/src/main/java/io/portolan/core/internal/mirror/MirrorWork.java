package io.portolan.core.internal.mirror;

import io.portolan.fs.FileType;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorAction.Kind;
import io.portolan.mirror.MirrorAction.Reason;
import io.portolan.mirror.MirrorLinks;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorSkip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the tasks of a mirror do, over one connection each time. It has no state but the tally's and the queue's: any number of workers use it. */
final class MirrorWork {

    /** What both sides can compute; SHA-256 first, since the others can be forged. */
    private static final List<String> ALGORITHMS = List.of("SHA-256", "SHA-512", "SHA-1", "MD5");

    /** Read, write and execute: what else there is would give a file rights of its owner. */
    private static final int PERMISSIONS = 0777;

    /** Links to directories on the way to one directory: more than anybody has, and an end where a server does not say where links really lead to. */
    static final int MAX_LINKS = 8;

    private final boolean download;
    private final LocalTree local;
    private final MirrorOptions options;
    private final boolean dryRun;
    private final PathRules rules;
    private final Changes changes;
    private final MirrorTally tally;
    private final MirrorQueue queue;

    MirrorWork(
            boolean download,
            LocalTree local,
            MirrorOptions options,
            boolean dryRun,
            MirrorTally tally,
            MirrorQueue queue) {
        this.download = download;
        this.local = local;
        this.options = options;
        this.dryRun = dryRun;
        this.tally = tally;
        this.queue = queue;
        rules = new PathRules(options.includes(), options.excludes());
        changes = new Changes(options.comparison());
    }

    void run(MirrorTask task, RemoteTree remote) throws IOException {
        Tree target = download ? local : remote;
        if (task instanceof MirrorTask.Compare compare) {
            compare(compare, download ? remote : local, target);
        } else if (task instanceof MirrorTask.Copy copy) {
            copy(copy, remote, target);
        } else if (task instanceof MirrorTask.MakeLink link) {
            makeLink(link, target);
        } else if (task instanceof MirrorTask.Delete delete) {
            delete(delete, target);
        }
    }

    private void compare(MirrorTask.Compare task, Tree source, Tree target) throws IOException {
        TargetDirectory directory = task.directory;
        DirectoryIndex index = new DirectoryIndex();
        if (directory.isThere()) {
            try {
                list(target, directory.path(), index::add);
            } catch (NoSuchFileException e) {
                directory.isMissing();
            }
        }
        boolean wasThere = directory.isThere();
        if (task.replacesFile && !dryRun) {
            deleteIfThere(target, directory.path());
        }
        if (options.links() == MirrorLinks.FOLLOW && directory.isRoot()) {
            directory.locate(source.location());
        }
        Findings findings = new Findings(directory, index);
        list(source, directory.path(), findings);
        findings.resolveLinks(source, target);
        // Only now is it known that the source has it.
        if (!rules.areSelective()) {
            directory.make(target, tally, dryRun);
        }
        if (options.deleteExtra() && wasThere && !findings.incomplete && index.hasUnmatched()) {
            list(target, directory.path(), entry -> findings.extra(entry));
        }
        findings.report();
        queue.add(findings.tasks);
    }

    private void list(Tree tree, VirtualPath directory, TreeVisitor visitor) throws IOException {
        tree.list(directory, new EntryLimit(directory, visitor, options.maxEntries()));
    }

    private void copy(MirrorTask.Copy task, RemoteTree remote, Tree target) throws IOException {
        VirtualPath path = task.path();
        Reason reason = task.reason;
        if (task.checkedFirst) {
            Optional<Boolean> same = sameContent(path, remote);
            if (same.orElse(reason == Reason.HASH)) {
                tally.unchanged();
                return;
            }
            reason = same.isPresent() ? Reason.HASH : reason;
        }
        MirrorAction action = new MirrorAction(Kind.COPY, reason, path.toString(), task.size);
        if (dryRun) {
            task.directory.make(target, tally, true);
            tally.copied(action, Math.max(0, task.size));
            return;
        }
        clear(target, path, task.replaced);
        task.directory.make(target, tally, false);
        long octets = download ? download(path, remote) : upload(path, remote, task.size);
        try {
            if (options.keepPermissions() && task.permissions != TreeEntry.UNKNOWN) {
                target.setPermissions(path, task.permissions & PERMISSIONS);
            }
            if (options.keepTimes() && task.modified != null) {
                target.setModified(path, task.modified);
            }
        } catch (IOException e) {
            // The file is there and whole, so that it is not copied again for this.
            tally.failed(path, e);
        }
        tally.copied(action, octets);
    }

    private void makeLink(MirrorTask.MakeLink task, Tree target) throws IOException {
        VirtualPath path = task.path();
        if (!dryRun) {
            clear(target, path, task.replaced);
        }
        task.directory.make(target, tally, dryRun);
        if (!dryRun) {
            try {
                target.makeLink(path, task.text);
            } catch (FileAlreadyExistsException e) {
                if (!target.readLink(path).equals(Optional.of(task.text))) {
                    throw e;
                }
                // An attempt before this one has made it.
            }
        }
        tally.copied(new MirrorAction(Kind.MAKE_LINK, task.reason, path.toString(), -1), 0);
    }

    /** Takes away what is in the place of something of another type. */
    private void clear(Tree target, VirtualPath path, @Nullable FileType replaced) throws IOException {
        if (replaced == FileType.DIRECTORY
                && !deleteTree(target, path, path.segments().size())) {
            throw new FileAlreadyExistsException(path.toString(), null, "what is excluded keeps the directory");
        }
        if (replaced != null && replaced != FileType.DIRECTORY) {
            deleteIfThere(target, path);
        }
    }

    private long download(VirtualPath path, RemoteTree remote) throws IOException {
        try (WritableFile file = local.files().openWrite(path, WriteMode.REPLACE)) {
            Counted counted = new Counted(file);
            remote.download(path, counted);
            file.commit();
            return counted.octets;
        }
    }

    private long upload(VirtualPath path, RemoteTree remote, long size) throws IOException {
        try (ReadableFile file = local.files().openRead(path, 0)) {
            remote.upload(path, file, size);
            return size;
        }
    }

    /** Whether both sides have the same content; empty if the server tells no checksum that we know. */
    private Optional<Boolean> sameContent(VirtualPath path, RemoteTree remote) throws IOException {
        for (String algorithm : ALGORITHMS) {
            Optional<byte[]> theirs = remote.digest(path, algorithm);
            Optional<byte[]> ours = theirs.isEmpty() ? Optional.empty() : local.digest(path, algorithm);
            if (ours.isPresent()) {
                return Optional.of(Arrays.equals(ours.get(), theirs.get()));
            }
        }
        return Optional.empty();
    }

    private void delete(MirrorTask.Delete task, Tree target) throws IOException {
        MirrorAction action = new MirrorAction(
                task.isDirectory ? Kind.DELETE_DIRECTORY : Kind.DELETE, Reason.EXTRA, task.path.toString(), -1);
        boolean gone = true;
        if (!dryRun && task.isDirectory) {
            gone = deleteTree(target, task.path, task.path.segments().size());
        } else if (!dryRun) {
            deleteIfThere(target, task.path);
        }
        if (gone) {
            tally.deleted(action);
        }
    }

    private static void deleteIfThere(Tree target, VirtualPath path) throws IOException {
        try {
            target.delete(path);
        } catch (NoSuchFileException e) {
            // An attempt before this one has done it.
        }
    }

    /** Deletes a directory with what is in it, but for what is left out; links are deleted, never followed. Returns whether nothing is left. */
    private boolean deleteTree(Tree target, VirtualPath directory, int depth) throws IOException {
        if (depth > options.maxDepth() + 1) {
            throw new FileSystemLoopException(directory + ": deeper than maxDepth");
        }
        List<TreeEntry> entries = new ArrayList<>();
        try {
            list(target, directory, entries::add);
        } catch (NoSuchFileException e) {
            return true;
        }
        boolean all = true;
        for (TreeEntry entry : entries) {
            VirtualPath path = child(directory, entry.name());
            boolean isDirectory = entry.type() == FileType.DIRECTORY;
            if (path == null) {
                throw new FileSystemException(directory.toString(), null, "a path in it is too long");
            }
            if (!(isDirectory ? rules.takesDirectory(path) : rules.takesFile(path))) {
                all = false;
            } else if (isDirectory) {
                all &= deleteTree(target, path, depth + 1);
            } else {
                deleteIfThere(target, path);
            }
        }
        if (all) {
            target.deleteDirectory(directory);
        }
        return all;
    }

    /** The path of an entry; null if it would be too long. */
    private static @Nullable VirtualPath child(VirtualPath directory, String name) {
        try {
            return directory.child(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** What the comparison of a directory finds. It is told and done only when the whole source has been read, so that it can be read again. */
    private final class Findings implements TreeVisitor {
        private final TargetDirectory directory;
        private final DirectoryIndex index;
        private final List<MirrorTask> tasks = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private final List<VirtualPath> conflicts = new ArrayList<>();
        /** Asked about when the listing is over, as a connection of FTP does one thing at a time. */
        private final List<Link> links = new ArrayList<>();

        private long unchanged;
        private boolean incomplete;

        private record Skipped(String path, MirrorSkip reason) {}

        private record Link(VirtualPath path, @Nullable TreeEntry there) {}

        Findings(TargetDirectory directory, DirectoryIndex index) {
            this.directory = directory;
            this.index = index;
        }

        @Override
        public void entry(TreeEntry entry) {
            VirtualPath path = child(directory.path(), entry.name());
            if (path == null) {
                unsafeName(entry.name());
                return;
            }
            boolean isDirectory = entry.type() == FileType.DIRECTORY;
            if (!(isDirectory ? rules.takesDirectory(path) : rules.takesFile(path))) {
                return;
            }
            TreeEntry there = index.match(entry.name());
            switch (entry.type()) {
                case FILE -> file(path, entry, there);
                case DIRECTORY -> directory(path, there, null);
                case SYMBOLIC_LINK -> link(path, there);
                case OTHER -> skipped.add(new Skipped(path.toString(), MirrorSkip.SPECIAL));
            }
        }

        private void link(VirtualPath path, @Nullable TreeEntry there) {
            if (options.links() == MirrorLinks.SKIP) {
                skip(path, MirrorSkip.LINK);
            } else {
                links.add(new Link(path, there));
            }
        }

        private void skip(VirtualPath path, MirrorSkip reason) {
            skipped.add(new Skipped(path.toString(), reason));
        }

        /** Finds out what the links are. */
        void resolveLinks(Tree source, Tree target) throws IOException {
            for (Link link : links) {
                if (options.links() == MirrorLinks.KEEP) {
                    keep(link, source, target);
                } else {
                    follow(link, source);
                }
            }
        }

        private void keep(Link link, Tree source, Tree target) throws IOException {
            VirtualPath path = link.path;
            Optional<String> text = target.canMakeLinks() ? source.readLink(path) : Optional.empty();
            FileType there = link.there == null ? null : link.there.type();
            if (text.isEmpty()) {
                skip(path, MirrorSkip.LINK);
            } else if (!LinkText.staysInside(directory.path(), text.get())) {
                skip(path, MirrorSkip.UNSAFE_LINK);
            } else if (there == FileType.SYMBOLIC_LINK && target.readLink(path).equals(text)) {
                unchanged++;
            } else if (there != null && there != FileType.SYMBOLIC_LINK && !options.deleteExtra()) {
                conflicts.add(path);
            } else {
                Reason reason =
                        there == null ? Reason.NEW : there == FileType.SYMBOLIC_LINK ? Reason.LINK : Reason.OTHER_TYPE;
                tasks.add(new MirrorTask.MakeLink(directory, path.name(), text.get(), reason, there));
            }
        }

        private void follow(Link link, Tree source) throws IOException {
            VirtualPath path = link.path;
            Optional<TreeEntry> found = source.follow(path);
            if (found.isEmpty()) {
                skip(path, MirrorSkip.LINK);
                return;
            }
            switch (found.get().type()) {
                case FILE -> file(path, found.get(), link.there);
                case DIRECTORY -> {
                    Optional<VirtualPath> elsewhere = source.leadsTo(path, directory.location());
                    if (elsewhere.isEmpty()) {
                        // Nobody could tell whether it ever ends.
                        skip(path, MirrorSkip.LINK);
                    } else if (directory.isWithin(elsewhere.get()) || directory.links() == MAX_LINKS) {
                        skip(path, MirrorSkip.LOOP);
                    } else {
                        directory(path, link.there, elsewhere.get());
                    }
                }
                case SYMBOLIC_LINK -> skip(path, MirrorSkip.LINK);
                case OTHER -> skip(path, MirrorSkip.SPECIAL);
            }
        }

        /**
         * A directory, to be compared.
         *
         * @param elsewhere where it really is, if a link has led to it
         */
        private void directory(VirtualPath path, @Nullable TreeEntry there, @Nullable VirtualPath elsewhere) {
            boolean conflict = there != null && there.type() != FileType.DIRECTORY;
            if (path.segments().size() >= options.maxDepth()) {
                skipped.add(new Skipped(path.toString(), MirrorSkip.TOO_DEEP));
            } else if (conflict && !options.deleteExtra()) {
                conflicts.add(path);
            } else {
                boolean isThere = there != null && !conflict;
                try {
                    TargetDirectory found = elsewhere == null
                            ? directory.child(path, isThere)
                            : directory.linked(path, isThere, elsewhere);
                    tasks.add(new MirrorTask.Compare(found, conflict));
                } catch (InvalidPathException e) {
                    skip(path, MirrorSkip.TOO_DEEP);
                }
            }
        }

        private void file(VirtualPath path, TreeEntry entry, @Nullable TreeEntry there) {
            // A server's links are its own business, while a local one would have to be followed.
            boolean linked = !download
                    && options.links() != MirrorLinks.KEEP
                    && there != null
                    && there.type() == FileType.SYMBOLIC_LINK;
            if (there == null || linked) {
                tasks.add(new MirrorTask.Copy(directory, entry, Reason.NEW, false, null));
            } else if (there.type() != FileType.FILE && options.deleteExtra()) {
                tasks.add(new MirrorTask.Copy(directory, entry, Reason.OTHER_TYPE, false, there.type()));
            } else if (there.type() != FileType.FILE) {
                conflicts.add(path);
            } else {
                Reason reason = changes.of(entry, there);
                boolean hashed = changes.isHashed() && reason != Reason.SIZE;
                if (reason != null || hashed) {
                    tasks.add(
                            new MirrorTask.Copy(directory, entry, reason == null ? Reason.HASH : reason, hashed, null));
                } else {
                    unchanged++;
                }
            }
        }

        @Override
        public void unsafeName(String line) {
            incomplete = true;
            skipped.add(new Skipped(directory.path() + " " + line, MirrorSkip.UNSAFE_NAME));
        }

        @Override
        public void notUnderstood(String line) {
            incomplete = true;
            skipped.add(new Skipped(directory.path() + " " + line, MirrorSkip.NOT_UNDERSTOOD));
        }

        void extra(TreeEntry entry) {
            VirtualPath path = child(directory.path(), entry.name());
            boolean isDirectory = entry.type() == FileType.DIRECTORY;
            if (path != null
                    && !index.isMatched(entry.name())
                    && (isDirectory ? rules.takesDirectory(path) : rules.takesFile(path))) {
                tasks.add(new MirrorTask.Delete(path, isDirectory));
            }
        }

        void report() {
            for (long i = 0; i < unchanged; i++) {
                tally.unchanged();
            }
            for (Skipped one : skipped) {
                tally.skipped(one.path, one.reason);
            }
            for (VirtualPath conflict : conflicts) {
                tally.failed(
                        conflict,
                        new FileAlreadyExistsException(
                                conflict.toString(), null, "of another type, and nothing is to be deleted"));
            }
        }
    }

    /** Counts what is written; whether it is kept is decided elsewhere. */
    private static final class Counted implements WritableFile {
        private final WritableFile file;
        private long octets;

        Counted(WritableFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            int length = source.remaining();
            file.write(source);
            octets += length - source.remaining();
        }

        @Override
        public void commit() {}

        @Override
        public void close() {}
    }
}
