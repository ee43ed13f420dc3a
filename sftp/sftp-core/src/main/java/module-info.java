/** What the SFTP server and client share: SSH, and the framing of SFTP messages. */
@SuppressWarnings("module") // the siblings that internals are exported to are compiled later
module io.portolan.sftp.core {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires transitive io.portolan.ftp.core;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.portolan.sftp.auth;
    exports io.portolan.sftp.internal to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.auth to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.sftp.internal.attributes to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh;
    exports io.portolan.ssh.internal.connection to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.kex to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.key to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.packet to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.trust to
            io.portolan.sftp.client;
    exports io.portolan.ssh.internal.transport to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.version to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
    exports io.portolan.ssh.internal.wire to
            io.portolan.sftp.client,
            io.portolan.sftp.server;
}
