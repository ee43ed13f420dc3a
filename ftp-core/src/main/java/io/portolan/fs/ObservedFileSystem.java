package io.portolan.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Tells an observer what succeeded. It does not look at the bytes, so zero-copy stays possible. */
final class ObservedFileSystem extends ForwardingFileSystem {

    private final Told observer;

    ObservedFileSystem(VirtualFileSystem delegate, FileSystemObserver observer) {
        super(delegate);
        this.observer = new Told(observer);
    }

    /** Keeps what an observer throws away from operations that have succeeded. */
    private record Told(FileSystemObserver observer) {
        void of(Consumer<FileSystemObserver> event) {
            try {
                event.accept(observer);
            } catch (RuntimeException thrown) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            }
        }
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        ReadableFile file = super.openRead(path, offset);
        return new ReadableFile() {
            private boolean closed;

            @Override
            public int read(ByteBuffer target) throws IOException {
                return file.read(target);
            }

            @Override
            public Optional<FileChannel> fileChannel() {
                return file.fileChannel();
            }

            @Override
            public void close() throws IOException {
                file.close();
                if (!closed) {
                    closed = true;
                    observer.of(to -> to.read(path));
                }
            }
        };
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        return observed(path, super.openWrite(path, mode));
    }

    private WritableFile observed(VirtualPath path, WritableFile file) {
        return new WritableFile() {
            private boolean committed;

            @Override
            public void write(ByteBuffer source) throws IOException {
                file.write(source);
            }

            @Override
            public void commit() throws IOException {
                file.commit();
                if (!committed) {
                    committed = true;
                    observer.of(to -> to.written(path));
                }
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        super.createDirectory(path);
        observer.of(to -> to.directoryCreated(path));
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        super.delete(path);
        observer.of(to -> to.deleted(path));
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        super.deleteDirectory(path);
        observer.of(to -> to.directoryDeleted(path));
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        super.rename(from, to, mode);
        observer.of(told -> told.renamed(from, to));
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == AtomicReplace.class || type == SpaceInfo.class || type == Digests.class) {
            return delegate().capability(type);
        }
        Optional<?> own = Optional.empty();
        if (type == AppendSupport.class) {
            own = delegate().capability(AppendSupport.class).map(append ->
                    (AppendSupport) path -> observed(path, append.openAppend(path)));
        } else if (type == ResumableUploads.class) {
            own = delegate().capability(ResumableUploads.class).map(this::observed);
        } else if (type == PositionalFiles.class) {
            own = delegate().capability(PositionalFiles.class).map(files -> (PositionalFiles) (path, access) ->
                    new ObservedPositionalFile(files.openPositional(path, access), written -> {
                        if (written) {
                            observer.of(to -> to.written(path));
                        } else {
                            observer.of(to -> to.read(path));
                        }
                    }));
        } else if (type == AttributeChanges.class) {
            own = delegate().capability(AttributeChanges.class).map(this::observed);
        } else if (type == Links.class) {
            own = delegate().capability(Links.class).map(this::observed);
        } else if (type == ServerSideCopy.class) {
            own = delegate().capability(ServerSideCopy.class).map(copying -> (ServerSideCopy) (from, to, mode) -> {
                copying.copy(from, to, mode);
                observer.of(told -> told.written(to));
            });
        }
        return own.map(type::cast);
    }

    private ResumableUploads observed(ResumableUploads uploads) {
        return new ResumableUploads() {
            @Override
            public OptionalLong keptSize(VirtualPath path) throws IOException {
                return uploads.keptSize(path);
            }

            @Override
            public WritableFile resume(VirtualPath path, long offset) throws IOException {
                return observed(path, uploads.resume(path, offset));
            }
        };
    }

    private AttributeChanges observed(AttributeChanges changes) {
        return new AttributeChanges() {
            @Override
            public Set<Attribute> settable() {
                return changes.settable();
            }

            @Override
            public void change(VirtualPath path, AttributeChange change, LinkHandling links) throws IOException {
                changes.change(path, change, links);
                observer.of(to -> to.attributesChanged(path, change));
            }
        };
    }

    private Links observed(Links links) {
        return new Links() {
            @Override
            public String readLink(VirtualPath path) throws IOException {
                return links.readLink(path);
            }

            @Override
            public void createSymbolicLink(VirtualPath path, String target) throws IOException {
                links.createSymbolicLink(path, target);
                observer.of(to -> to.linkCreated(path));
            }

            @Override
            public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
                links.createHardLink(path, existing);
                observer.of(to -> to.linkCreated(path));
            }
        };
    }
}
