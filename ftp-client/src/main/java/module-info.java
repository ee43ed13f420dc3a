/** The FTP client: sessions, transfers, listings. */
module io.portolan.ftp.client {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires transitive io.portolan.ftp.core;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.portolan.ftp.client;
    exports io.portolan.ftp.client.nio;

    provides java.nio.file.spi.FileSystemProvider with
            io.portolan.ftp.client.internal.nio.FtpFileSystemProvider,
            io.portolan.ftp.client.internal.nio.FtpesFileSystemProvider,
            io.portolan.ftp.client.internal.nio.FtpsFileSystemProvider;
}
