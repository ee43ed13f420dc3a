package io.portolan.core.internal.nio;

import static java.nio.file.StandardOpenOption.CREATE_NEW;

import io.portolan.core.internal.nio.RemoteFiles.Ability;
import io.portolan.core.internal.nio.RemoteFiles.Refusal;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** Copies and moves one file between servers of one protocol, or at one server. */
final class Copying {

    private final RemotePath source;
    private final RemotePath target;
    private final boolean sameServer;
    private boolean replace;
    private boolean keepAttributes;
    private boolean atOnce;
    private LinkHandling links = LinkHandling.FOLLOW;

    private Copying(Path source, Path target, CopyOption... options) {
        this.source = RemotePath.cast(source);
        this.target = RemotePath.cast(target);
        this.sameServer = this.source.getFileSystem() == this.target.getFileSystem();
        for (CopyOption option : options) {
            Objects.requireNonNull(option, "options");
            if (option == StandardCopyOption.REPLACE_EXISTING) {
                replace = true;
            } else if (option == StandardCopyOption.COPY_ATTRIBUTES) {
                keepAttributes = true;
            } else if (option == StandardCopyOption.ATOMIC_MOVE) {
                atOnce = true;
            } else if (option == LinkOption.NOFOLLOW_LINKS) {
                links = LinkHandling.NO_FOLLOW;
            } else {
                throw new UnsupportedOperationException("options: there is no " + option + " here");
            }
        }
    }

    private Operations from() {
        return source.getFileSystem().operations();
    }

    private Operations to() {
        return target.getFileSystem().operations();
    }

    static void copy(Path source, Path target, CopyOption... options) throws IOException {
        Copying copying = new Copying(source, target, options);
        if (copying.atOnce) {
            throw new UnsupportedOperationException("options: ATOMIC_MOVE is for moves");
        }
        copying.copy();
    }

    static void move(Path source, Path target, CopyOption... options) throws IOException {
        Copying moving = new Copying(source, target, options);
        // a link is moved, and not what it leads to
        moving.links = LinkHandling.NO_FOLLOW;
        moving.move();
    }

    private void copy() throws IOException {
        FileInfo info = from().get(source, links);
        if (isItself()) {
            return;
        }
        makeRoom();
        if (info.isDirectory()) {
            to().createDirectory(target, OptionalInt.empty());
        } else if (info.type() == FileType.SYMBOLIC_LINK) {
            to().createSymbolicLink(target, from().readSymbolicLink(source).toString());
            return;
        } else if (info.type() == FileType.OTHER) {
            throw new FileSystemException(source.toString(), target.toString(), "is neither a file nor a directory");
        } else {
            copyContent();
        }
        if (keepAttributes) {
            keepAttributes(info);
        }
    }

    /** What the server cannot keep, or does not let the user set, is left. */
    private void keepAttributes(FileInfo info) throws IOException {
        to().changes().changed();
        try {
            to().files().change(target.absoluteText(), attributes(info), LinkHandling.FOLLOW);
        } catch (IOException e) {
            if (!to().failures().is(e, Refusal.UNSUPPORTED) && !to().failures().is(e, Refusal.DENIED)) {
                throw to().failures().of(e, target);
            }
        }
    }

    private boolean isItself() throws IOException {
        return sameServer
                && (source.equals(target)
                        || to().find(target, LinkHandling.NO_FOLLOW).isPresent() && from().isSame(source, target));
    }

    private static AttributeChange attributes(FileInfo info) {
        AttributeChange change = AttributeChange.nothing();
        if (!info.modified().equals(Instant.EPOCH)) {
            // that one means that nobody knows
            change = change.withModified(info.modified());
        }
        if (info.accessed().isPresent()) {
            change = change.withAccessed(info.accessed().get());
        }
        return info.permissionBits().isPresent()
                // what gives rights to those who run a file is not for copies
                ? change.withPermissionBits(info.permissionBits().getAsInt() & 0777)
                : change;
    }

    /** Sees to it that nothing is where the copy goes. */
    private void makeRoom() throws IOException {
        if (to().find(target, LinkHandling.NO_FOLLOW).isPresent()) {
            if (!replace) {
                throw new FileAlreadyExistsException(target.toString());
            }
            to().delete(target);
        }
    }

    private void copyContent() throws IOException {
        OpenRequest request = OpenRequest.toWrite(CREATE_NEW);
        if (sameServer && from().can(Ability.COPY)) {
            to().changes().changed();
            try {
                from().files().copy(source.absoluteText(), target.absoluteText());
                return;
            } catch (IOException e) {
                if (from().failures().is(e, Refusal.FAILURE)) {
                    removePart();
                    throw e;
                }
                if (from().failures().is(e, Refusal.EXISTS)) {
                    // somebody has made it since there was none
                    throw Failures.because(new FileAlreadyExistsException(target.toString()), e);
                }
                // servers make but some copies at a time, and not of every file; a part of one may be there
                request = OpenRequest.toWrite();
            }
        }
        try (InputStream in = from().read(source, OpenRequest.toRead())) {
            OutputStream out = to().write(target, request);
            boolean whole = false;
            try {
                try (out) {
                    in.transferTo(out);
                }
                whole = true;
            } finally {
                if (!whole) {
                    removePart();
                }
            }
        }
    }

    /** Whoever could not copy all of a file leaves nothing of it, as far as that can be done. */
    private void removePart() {
        try {
            to().files().delete(target.absoluteText());
        } catch (IOException e) {
            // what has broken the copy is told, and not this
        }
    }

    private void move() throws IOException {
        FileInfo info = from().get(source, LinkHandling.NO_FOLLOW);
        if (sameServer && isItself()) {
            return;
        }
        if (sameServer) {
            rename(info);
            return;
        }
        if (atOnce) {
            throw new AtomicMoveNotSupportedException(source.toString(), target.toString(), "they are at two servers");
        }
        if (info.isDirectory()) {
            try (var entries = from().list(source, path -> true)) {
                if (entries.iterator().hasNext()) {
                    throw new DirectoryNotEmptyException(source.toString());
                }
            }
        }
        keepAttributes = true;
        copy();
        from().delete(source);
    }

    private void rename(FileInfo info) throws IOException {
        Operations operations = from();
        RemoteFiles files = operations.files();
        String old = source.absoluteText();
        String wanted = target.absoluteText();
        boolean replaces = operations.can(Ability.REPLACE_AT_ONCE);
        if (atOnce && !replaces) {
            throw new AtomicMoveNotSupportedException(
                    source.toString(), target.toString(), "the server does not promise it");
        }
        Optional<FileInfo> there = atOnce ? Optional.empty() : operations.find(target, LinkHandling.NO_FOLLOW);
        if (there.isPresent() && !replace) {
            throw new FileAlreadyExistsException(target.toString());
        }
        operations.changes().changed();
        try {
            if (there.isPresent() && there.get().isDirectory() != info.isDirectory()) {
                renameInstead(there.get(), old, wanted);
            } else if (atOnce || there.isPresent() && replaces) {
                files.replace(old, wanted);
            } else if (there.isPresent()) {
                renameOver(there.get(), old, wanted);
            } else {
                files.rename(old, wanted);
            }
        } catch (IOException e) {
            throw notMoved(e, there);
        }
    }

    private void renameOver(FileInfo there, String old, String wanted) throws IOException {
        Operations operations = from();
        try {
            // most servers replace what is there, and in one step
            operations.files().rename(old, wanted);
        } catch (IOException e) {
            if (operations.failures().is(e, Refusal.FAILURE)) {
                throw e;
            }
            renameInstead(there, old, wanted);
        }
    }

    /** Renames where something else has to go first: a file only when the other has its place, as the rename may be refused. A directory has to be empty, so that nothing is lost with it. */
    private void renameInstead(FileInfo there, String old, String wanted) throws IOException {
        RemoteFiles files = from().files();
        if (there.isDirectory()) {
            from().delete(target);
            files.rename(old, wanted);
            return;
        }
        String aside =
                wanted + "." + Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, 36) + ".old";
        files.rename(wanted, aside);
        try {
            files.rename(old, wanted);
        } catch (IOException e) {
            try {
                files.rename(aside, wanted);
            } catch (IOException back) {
                e.addSuppressed(new FileSystemException(
                        wanted, aside, "what was there has this name now: " + back.getMessage()));
            }
            throw e;
        }
        files.delete(aside);
    }

    private IOException notMoved(IOException failure, Optional<FileInfo> there) {
        Operations operations = from();
        if (operations.failures().is(failure, Refusal.FAILURE)) {
            return failure;
        }
        if (there.isPresent() && there.get().isDirectory()) {
            try (var entries = operations.list(target, path -> true)) {
                if (entries.iterator().hasNext()) {
                    return Failures.because(new DirectoryNotEmptyException(target.toString()), failure);
                }
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
        return operations.failures().of(failure, source, target);
    }
}
