package io.portolan.fs.nio;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.contract.VirtualFileSystemContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class DiskContractTest extends VirtualFileSystemContract {
    @TempDir
    Path root;

    @Override
    protected VirtualFileSystem fileSystem() throws Exception {
        return PathFileSystem.of(root);
    }
}
