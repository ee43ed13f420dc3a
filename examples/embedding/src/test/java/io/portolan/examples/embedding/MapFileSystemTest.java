package io.portolan.examples.embedding;

import io.portolan.fs.FileSystems;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.contract.VirtualFileSystemContract;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The published contract, run on the file system that the README shows. */
class MapFileSystemTest extends VirtualFileSystemContract {

    @Override
    protected VirtualFileSystem fileSystem() {
        return FileSystems.readOnly(new MapFileSystem(Map.of(
                VirtualPath.of("/hello.txt"), "hello".getBytes(StandardCharsets.UTF_8),
                VirtualPath.of("/folder/inner.txt"), "inner".getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    protected Set<Trait> traits() {
        return Set.of(Trait.CASE_SENSITIVE, Trait.ANY_CHARACTER);
    }
}
