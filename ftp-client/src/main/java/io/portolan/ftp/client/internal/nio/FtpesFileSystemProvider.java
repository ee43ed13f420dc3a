package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.nio.RemoteFileSystemProvider;

/** What Java finds for addresses of {@code ftpes}. */
public final class FtpesFileSystemProvider extends RemoteFileSystemProvider {

    /** For {@link java.util.ServiceLoader}. */
    public FtpesFileSystemProvider() {
        super("ftpes", FtpFileSystems.VIEWS, FtpFileSystems::open);
    }
}
