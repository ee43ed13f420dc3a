package io.portolan.fs;

import io.portolan.fs.contract.VirtualFileSystemContract;

class MemoryContractTest extends VirtualFileSystemContract {
    @Override
    protected VirtualFileSystem fileSystem() {
        return InMemoryFileSystem.create();
    }
}
