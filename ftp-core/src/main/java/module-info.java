/** What every part of Portolan shares: the SPIs for files and accounts, sessions and events, transport, and FTP's codec. */
@SuppressWarnings("module") // the siblings that internals are exported to are compiled later
module io.portolan.ftp.core {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires static transitive org.jspecify;

    exports io.portolan.auth;
    exports io.portolan.core.internal.codec to
            io.portolan.ftp.client,
            io.portolan.ftp.server,
            io.portolan.ftps;
    exports io.portolan.core.internal.listing to
            io.portolan.ftp.client,
            io.portolan.ftp.server;
    exports io.portolan.fs;
    exports io.portolan.ftp;
    exports io.portolan.session;
}
