package io.portolan.fs;

/**
 * Capability: a file opened by {@link VirtualFileSystem#openWrite} appears at its path, whole, in the moment of {@link WritableFile#commit()} and not
 * before; whoever reads the path meanwhile sees the old file. {@link VirtualFileSystem#rename} with {@link RenameMode#REPLACE} is atomic too.
 *
 * <p>It has no methods: that it is there says it.
 */
public interface AtomicReplace {
    /** The one value that a file system needs. */
    AtomicReplace SUPPORTED = new AtomicReplace() {
        @Override
        public String toString() {
            return "AtomicReplace";
        }
    };
}
