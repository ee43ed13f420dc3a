package io.portolan.fs;

import io.portolan.fs.contract.VirtualFileSystemContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract on each wrapper around a file system in memory. */
class DecoratorsContractTest {

    private static VirtualPath path(String text) {
        return VirtualPath.of(text);
    }

    private static VirtualFileSystem filled() throws IOException {
        VirtualFileSystem memory = InMemoryFileSystem.create();
        memory.createDirectory(path("/folder"));
        for (String name : new String[] {"/hello.txt", "/folder/inner.txt"}) {
            try (WritableFile file = memory.openWrite(path(name), WriteMode.REPLACE)) {
                String content = path(name).name().replace(".txt", "");
                file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                file.commit();
            }
        }
        return memory;
    }

    @Nested
    class ReadOnly extends VirtualFileSystemContract {
        @Override
        protected Set<Trait> traits() {
            return EnumSet.of(Trait.CASE_SENSITIVE, Trait.ANY_CHARACTER);
        }

        @Override
        protected VirtualFileSystem fileSystem() throws IOException {
            return FileSystems.readOnly(filled());
        }
    }

    @Nested
    class Shared extends VirtualFileSystemContract {
        @Override
        protected VirtualFileSystem fileSystem() {
            return FileSystems.shared(InMemoryFileSystem.create());
        }
    }

    @Nested
    class Rooted extends VirtualFileSystemContract {
        @Override
        protected VirtualFileSystem fileSystem() throws IOException {
            VirtualFileSystem memory = InMemoryFileSystem.create();
            memory.createDirectory(path("/home"));
            memory.createDirectory(path("/home/ann"));
            return FileSystems.rooted(memory, path("/home/ann"));
        }
    }

    @Nested
    class MountedAtTheRoot extends VirtualFileSystemContract {
        @Override
        protected VirtualFileSystem fileSystem() {
            return FileSystems.mounted(Map.of(VirtualPath.root(), InMemoryFileSystem.create()));
        }
    }

    @Nested
    class RootedInAMount extends VirtualFileSystemContract {
        @Override
        protected VirtualFileSystem fileSystem() throws IOException {
            VirtualFileSystem mounted = FileSystems.mounted(Map.of(
                    path("/mnt/store"), InMemoryFileSystem.create(), path("/mnt/other"), InMemoryFileSystem.create()));
            return FileSystems.rooted(mounted, path("/mnt/store"));
        }
    }

    @Nested
    class Observed extends VirtualFileSystemContract {
        @Override
        protected VirtualFileSystem fileSystem() {
            return FileSystems.observed(InMemoryFileSystem.create(), new FileSystemObserver() {});
        }
    }

    @Nested
    class Quota extends VirtualFileSystemContract {
        @Override
        protected VirtualFileSystem fileSystem() {
            return FileSystems.quota(InMemoryFileSystem.create(), new QuotaLimits(1 << 20, 1000));
        }
    }

    /** Like an object store: no seeking, no appending, no renaming, and an upload is there when it is whole. */
    @Nested
    class SequentialOnly extends VirtualFileSystemContract {
        @Override
        protected Set<Trait> traits() {
            return EnumSet.of(Trait.WRITABLE, Trait.CASE_SENSITIVE, Trait.ANY_CHARACTER);
        }

        @Override
        protected VirtualFileSystem fileSystem() {
            return new ForwardingFileSystem(InMemoryFileSystem.create()) {
                @Override
                public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
                    throw new OperationNotSupportedException("rename", from);
                }

                @Override
                public <C> Optional<C> capability(Class<C> type) {
                    return type == AtomicReplace.class ? delegate().capability(type) : Optional.empty();
                }
            };
        }
    }
}
