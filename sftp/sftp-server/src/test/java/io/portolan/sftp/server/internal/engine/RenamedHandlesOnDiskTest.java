package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import java.io.IOException;
import java.nio.file.Path;

/** The same for files on disk, which are written beside their names and renamed to them. */
class RenamedHandlesOnDiskTest extends RenamedHandlesTest {

    @Override
    VirtualFileSystem store(Path temporary) throws IOException {
        return PathFileSystem.of(temporary);
    }
}
