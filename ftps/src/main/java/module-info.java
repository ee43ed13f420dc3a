/** TLS for FTP: implicit and explicit, by BoringSSL or the JDK. */
module io.portolan.ftps {
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.tcnative.classes.openssl;
    requires io.netty.transport;
    requires transitive io.portolan.ftp.core;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.portolan.ftps;
}
