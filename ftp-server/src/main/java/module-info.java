/** The FTP server: commands, sessions, transfers and the ports they need. */
module io.portolan.ftp.server {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires transitive io.portolan.ftp.core;
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports io.portolan.ftp.server;
}
