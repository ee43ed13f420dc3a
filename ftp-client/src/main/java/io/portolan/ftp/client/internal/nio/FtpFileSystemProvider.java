package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.nio.RemoteFileSystemProvider;

/** What Java finds for addresses of {@code ftp}. */
public final class FtpFileSystemProvider extends RemoteFileSystemProvider {

    /** For {@link java.util.ServiceLoader}. */
    public FtpFileSystemProvider() {
        super("ftp", FtpFileSystems.VIEWS, FtpFileSystems::open);
    }
}
