package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.nio.RemoteFileSystemProvider;

/** What Java finds for addresses of {@code ftps}. */
public final class FtpsFileSystemProvider extends RemoteFileSystemProvider {

    /** For {@link java.util.ServiceLoader}. */
    public FtpsFileSystemProvider() {
        super("ftps", FtpFileSystems.VIEWS, FtpFileSystems::open);
    }
}
