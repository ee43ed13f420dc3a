/** What every part of Portolan shares: the SPIs for files and accounts, sessions and events, transport, and FTP's codec. */
@SuppressWarnings("module") // the siblings that internals are exported to are compiled later
module io.portolan.ftp.core {
    requires io.netty.buffer;
    requires io.netty.common;
    requires transitive io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.classes.kqueue;
    requires io.netty.transport.unix.common;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.portolan.auth;
    exports io.portolan.check;
    exports io.portolan.core.internal.check to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.codec to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps,
            io.portolan.sftp.server;
    exports io.portolan.core.internal.concurrent to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps,
            io.portolan.sftp.client,
            io.portolan.sftp.core,
            io.portolan.sftp.server;
    exports io.portolan.core.internal.crew to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.listing to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.sftp.core;
    exports io.portolan.core.internal.mirror to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.nio to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.pool to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.ports to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps,
            io.portolan.sftp.client,
            io.portolan.sftp.core,
            io.portolan.sftp.server;
    exports io.portolan.core.internal.proxy to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.retry to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.segment to
            io.portolan.ftp.client,
            io.portolan.sftp.client;
    exports io.portolan.core.internal.security to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps;
    exports io.portolan.core.internal.server to
            io.portolan.ftp.server,
            io.portolan.sftp.server;
    exports io.portolan.core.internal.session to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps,
            io.portolan.sftp.client,
            io.portolan.sftp.core,
            io.portolan.sftp.server;
    exports io.portolan.core.internal.transport to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps,
            io.portolan.sftp.client,
            io.portolan.sftp.core,
            io.portolan.sftp.server;
    exports io.portolan.fs;
    exports io.portolan.fs.nio;
    exports io.portolan.ftp;
    exports io.portolan.ftp.security;
    exports io.portolan.guard;
    exports io.portolan.mirror;
    exports io.portolan.pool;
    exports io.portolan.ports;
    exports io.portolan.session;
    exports io.portolan.transfer;
    exports io.portolan.transport;
}
