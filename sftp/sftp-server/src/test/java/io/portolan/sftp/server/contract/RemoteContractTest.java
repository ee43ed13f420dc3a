package io.portolan.sftp.server.contract;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.contract.VirtualFileSystemContract;
import org.junit.jupiter.api.Nested;

/** What a file system keeps, it keeps over SFTP: in the version that all clients speak, and in the newest. */
final class RemoteContractTest {

    @Nested
    final class InVersion3 extends VirtualFileSystemContract {

        @Override
        protected VirtualFileSystem fileSystem() {
            return new RemoteFileSystem(InMemoryFileSystem.create(), 3);
        }
    }

    @Nested
    final class InVersion6 extends VirtualFileSystemContract {

        @Override
        protected VirtualFileSystem fileSystem() {
            return new RemoteFileSystem(InMemoryFileSystem.create(), 6);
        }
    }
}
