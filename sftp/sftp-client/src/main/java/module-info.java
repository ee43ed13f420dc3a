/** The SFTP client: connections, logins, transfers. */
module io.portolan.sftp.client {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires transitive io.portolan.ftp.core;
    requires transitive io.portolan.sftp.core;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.portolan.sftp.client;
    exports io.portolan.sftp.client.nio;

    provides java.nio.file.spi.FileSystemProvider with
            io.portolan.sftp.client.internal.nio.SftpFileSystemProvider;
}
