/** What the SFTP server and client share: SSH, and the framing of SFTP messages. */
module io.portolan.sftp.core {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.portolan.ftp.core;
    requires org.bouncycastle.provider;
    requires static transitive org.jspecify;
}
