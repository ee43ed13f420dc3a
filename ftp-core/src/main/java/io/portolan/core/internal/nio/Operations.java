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
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** What is done with one file, and what {@code java.nio.file} wants it to fail with: where a server refuses without saying why, it is asked what is there. */
final class Operations {

    private static final int ANYBODY_READS = 0444;
    private static final int ANYBODY_WRITES = 0222;
    private static final int ANYBODY_EXECUTES = 0111;

    private final RemoteFileSystem fileSystem;
    private final RemoteFiles files;
    private final Failures failures;
    private final Changes changes = new Changes();

    /** Whether a link was seen in what the server calls a real path: then it is not worth much. */
    private volatile boolean keepsLinks;

    Operations(RemoteFileSystem fileSystem, RemoteFiles files) {
        this.fileSystem = fileSystem;
        this.files = files;
        this.failures = new Failures(files);
    }

    Changes changes() {
        return changes;
    }

    RemoteFiles files() {
        return files;
    }

    Failures failures() {
        return failures;
    }

    boolean can(Ability ability) throws IOException {
        return files.abilities().contains(ability);
    }

    void require(Ability ability) throws IOException {
        if (!can(ability)) {
            throw new UnsupportedOperationException("this server, or its protocol, cannot do that: " + ability);
        }
    }

    static LinkHandling links(LinkOption... options) {
        // NOFOLLOW_LINKS is all that there is
        return options.length > 0 ? LinkHandling.NO_FOLLOW : LinkHandling.FOLLOW;
    }

    // --- what is there

    Optional<FileInfo> find(RemotePath path, LinkHandling links) throws IOException {
        ListedInfo listed = path.listed();
        FileInfo told = listed == null ? null : listed.take();
        if (told != null && (links == LinkHandling.NO_FOLLOW || told.type() != FileType.SYMBOLIC_LINK)) {
            return Optional.of(told);
        }
        try {
            return files.stat(path.absoluteText(), links);
        } catch (IOException e) {
            if (failures.is(e, Refusal.NOT_FOUND)) {
                return Optional.empty();
            }
            throw failures.of(e, path);
        }
    }

    FileInfo get(RemotePath path, LinkHandling links) throws IOException {
        return find(path, links).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    /** As {@link #find}, for who wants to explain a failure: what cannot be found out is not there. */
    private Optional<FileInfo> look(RemotePath path) {
        try {
            return files.stat(path.absoluteText(), LinkHandling.NO_FOLLOW);
        } catch (IOException | ClosedFileSystemException e) {
            return Optional.empty();
        }
    }

    void checkAccess(RemotePath path, AccessMode... modes) throws IOException {
        FileInfo info = get(path, LinkHandling.FOLLOW);
        int bits = info.permissionBits().orElse(07777);
        for (AccessMode mode : modes) {
            int wanted = switch (mode) {
                case READ -> ANYBODY_READS;
                case WRITE -> ANYBODY_WRITES;
                case EXECUTE -> ANYBODY_EXECUTES;
            };
            if ((bits & wanted) == 0) {
                throw new AccessDeniedException(path.toString(), null, "nobody may: " + mode);
            }
        }
    }

    boolean isSame(RemotePath path, Path other) throws IOException {
        if (path.equals(other)) {
            return true;
        }
        if (!(other instanceof RemotePath that) || that.getFileSystem() != fileSystem) {
            return false;
        }
        return realPath(path).equals(realPath(that));
    }

    RemotePath realPath(RemotePath path, LinkOption... options) throws IOException {
        LinkHandling links = links(options);
        get(path, links);
        if (links == LinkHandling.NO_FOLLOW) {
            return path.toAbsolutePath().normalize();
        }
        try {
            RemotePath real = RemotePath.of(fileSystem, files.realPath(path.absoluteText()))
                    .normalize();
            if (!keepsLinks) {
                keepsLinks = files.stat(real.toString(), LinkHandling.NO_FOLLOW)
                        .filter(info -> info.type() == FileType.SYMBOLIC_LINK)
                        .isPresent();
            }
            return keepsLinks && can(Ability.LINKS) ? new LinkWalk(files).resolve(path.toAbsolutePath()) : real;
        } catch (IOException e) {
            throw failures.of(e, path);
        }
    }

    /** A path that the server has told, which may be anything. */
    static RemotePath told(String text, RemotePath about) throws IOException {
        try {
            return RemotePath.of(about.getFileSystem(), text);
        } catch (InvalidPathException e) {
            FileSystemException failure =
                    new FileSystemException(about.toString(), null, "the server tells a path that is none");
            failure.initCause(e);
            throw failure;
        }
    }

    FileStore store(RemotePath path) throws IOException {
        require(Ability.SPACE);
        get(path, LinkHandling.FOLLOW);
        return new RemoteFileStore(fileSystem, path);
    }

    DirectoryStream<Path> list(RemotePath path, DirectoryStream.Filter<? super Path> filter) throws IOException {
        if (!can(Ability.HONEST_LISTINGS) && !get(path, LinkHandling.FOLLOW).isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        long seen = changes.now();
        RemoteFiles.Entries entries;
        try {
            entries = files.list(path.absoluteText());
        } catch (IOException e) {
            Optional<FileInfo> there = failures.is(e, Refusal.FAILURE) ? Optional.empty() : look(path);
            if (there.isPresent()
                    && there.get().type() != FileType.SYMBOLIC_LINK
                    && !there.get().isDirectory()) {
                throw Failures.because(new NotDirectoryException(path.toString()), e);
            }
            throw unclear(e, path);
        }
        return new RemoteDirectoryStream(path, entries, filter, this, seen);
    }

    /** With a look for what is not there, if the server has not said it. */
    IOException unclear(IOException failure, RemotePath path) {
        if (failures.is(failure, Refusal.UNCLEAR) && look(path).isEmpty()) {
            return Failures.because(new NoSuchFileException(path.toString()), failure);
        }
        return failures.of(failure, path);
    }

    // --- content

    private void refuseLink(RemotePath path, OpenRequest request) throws IOException {
        if (!request.followLinks()
                && find(path, LinkHandling.NO_FOLLOW)
                        .filter(info -> info.type() == FileType.SYMBOLIC_LINK)
                        .isPresent()) {
            throw new FileSystemException(path.toString(), null, "is a symbolic link");
        }
    }

    private IOException notOpened(IOException failure, RemotePath path, OpenRequest request) {
        if (failures.is(failure, Refusal.FAILURE)) {
            return failure;
        }
        Optional<FileInfo> there = look(path);
        if (request.writes() && request.has(CREATE_NEW) && there.isPresent()) {
            return Failures.because(new FileAlreadyExistsException(path.toString()), failure);
        }
        if (there.isPresent() && there.get().isDirectory()) {
            return Failures.because(new FileSystemException(path.toString(), null, "is a directory"), failure);
        }
        RemotePath parent = path.toAbsolutePath().getParent();
        boolean nowhere = there.isEmpty() && parent != null && look(parent).isEmpty();
        return nowhere || there.isEmpty() && !request.writes()
                ? Failures.because(new NoSuchFileException(path.toString()), failure)
                : failures.of(failure, path);
    }

    SeekableByteChannel open(RemotePath path, OpenRequest request) throws IOException {
        if (request.permissionBits().isPresent()) {
            require(Ability.CREATION_PERMISSIONS);
        }
        refuseLink(path, request);
        if (request.writes()) {
            changes.writerBegan();
        }
        boolean opened = false;
        try {
            SeekableByteChannel channel = files.open(path.absoluteText(), request);
            opened = true;
            return new TracedChannel(channel, ended(path, request));
        } catch (IOException e) {
            throw notOpened(e, path, request);
        } finally {
            if (!opened && request.writes()) {
                changes.writerEnded();
            }
        }
    }

    InputStream read(RemotePath path, OpenRequest request) throws IOException {
        refuseLink(path, request);
        try {
            InputStream stream = files.read(path.absoluteText());
            return new TracedInput(stream, ended(path, request));
        } catch (IOException e) {
            throw notOpened(e, path, request);
        }
    }

    OutputStream write(RemotePath path, OpenRequest request) throws IOException {
        refuseLink(path, request);
        changes.writerBegan();
        boolean opened = false;
        try {
            OutputStream stream = files.write(path.absoluteText(), request);
            opened = true;
            return new TracedOutput(stream, ended(path, request));
        } catch (IOException e) {
            throw notOpened(e, path, request);
        } finally {
            if (!opened) {
                changes.writerEnded();
            }
        }
    }

    /** What belongs to a file that is open. */
    private OpenEnd ended(RemotePath path, OpenRequest request) {
        return new OpenEnd() {
            @Override
            public void closed() throws IOException {
                if (request.writes()) {
                    changes.writerEnded();
                }
                if (request.deleteOnClose()) {
                    deleteClosed(path);
                }
            }

            @Override
            public IOException explained(IOException failure) {
                return notOpened(failure, path, request);
            }
        };
    }

    private void deleteClosed(RemotePath path) throws IOException {
        try {
            files.delete(path.absoluteText());
        } catch (IOException e) {
            if (!failures.is(e, Refusal.NOT_FOUND)) {
                throw failures.of(e, path);
            }
        }
    }

    // --- changes

    void createDirectory(RemotePath path, OptionalInt permissionBits) throws IOException {
        if (permissionBits.isPresent()) {
            require(Ability.CREATION_PERMISSIONS);
        }
        changes.changed();
        try {
            files.createDirectory(path.absoluteText(), permissionBits);
        } catch (IOException e) {
            if (!failures.is(e, Refusal.FAILURE) && look(path).isPresent()) {
                throw Failures.because(new FileAlreadyExistsException(path.toString()), e);
            }
            RemotePath parent = path.toAbsolutePath().getParent();
            if (failures.is(e, Refusal.UNCLEAR)
                    && parent != null
                    && look(parent).isEmpty()) {
                throw Failures.because(new NoSuchFileException(path.toString()), e);
            }
            throw failures.of(e, path);
        }
    }

    void delete(RemotePath path) throws IOException {
        boolean directory = get(path, LinkHandling.NO_FOLLOW).isDirectory();
        changes.changed();
        try {
            if (directory) {
                files.deleteDirectory(path.absoluteText());
            } else {
                files.delete(path.absoluteText());
            }
        } catch (IOException e) {
            if (directory && !failures.is(e, Refusal.FAILURE) && hasEntries(path)) {
                throw Failures.because(new DirectoryNotEmptyException(path.toString()), e);
            }
            throw unclear(e, path);
        }
    }

    private boolean hasEntries(RemotePath directory) {
        try (RemoteFiles.Entries entries = files.list(directory.absoluteText())) {
            return entries.next() != null;
        } catch (IOException e) {
            return false;
        }
    }

    void change(RemotePath path, AttributeChange change, LinkHandling links) throws IOException {
        changes.changed();
        try {
            files.change(path.absoluteText(), change, links);
        } catch (IOException e) {
            throw unclear(e, path);
        }
    }

    void createSymbolicLink(RemotePath link, String target) throws IOException {
        require(Ability.LINKS);
        changes.changed();
        try {
            files.createLink(link.absoluteText(), target);
        } catch (IOException e) {
            throw notLinked(e, link);
        }
    }

    void createHardLink(RemotePath link, RemotePath existing) throws IOException {
        require(Ability.LINKS);
        changes.changed();
        try {
            files.createHardLink(link.absoluteText(), existing.absoluteText());
        } catch (IOException e) {
            if (failures.is(e, Refusal.UNSUPPORTED)) {
                throw new UnsupportedOperationException("the server makes no hard links", e);
            }
            get(existing, LinkHandling.NO_FOLLOW);
            throw notLinked(e, link);
        }
    }

    private IOException notLinked(IOException failure, RemotePath link) {
        return !failures.is(failure, Refusal.FAILURE) && look(link).isPresent()
                ? Failures.because(new FileAlreadyExistsException(link.toString()), failure)
                : failures.of(failure, link);
    }

    Path readSymbolicLink(RemotePath link) throws IOException {
        try {
            return told(files.readLink(link.absoluteText()), link);
        } catch (IOException e) {
            Optional<FileInfo> there = look(link);
            if (there.isPresent() && there.get().type() != FileType.SYMBOLIC_LINK) {
                throw Failures.because(new NotLinkException(link.toString()), e);
            }
            throw unclear(e, link);
        }
    }
}
