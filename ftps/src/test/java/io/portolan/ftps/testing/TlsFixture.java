package io.portolan.ftps.testing;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftps.ServerTls;
import java.util.function.UnaryOperator;

/** A server over an empty tree in memory, with TLS on two ports, explicit and implicit. */
public final class TlsFixture extends ServerFixture {

    private TlsFixture(ServerTls tls, UnaryOperator<FtpServerConfig.Builder> settings) {
        super(
                InMemoryFileSystem.create(),
                builder -> settings.apply(builder.implicitPort(0).securityMechanism(tls)));
    }

    public static TlsFixture serving(ServerTls tls) {
        return serving(tls, settings -> settings);
    }

    public static TlsFixture serving(ServerTls tls, UnaryOperator<FtpServerConfig.Builder> settings) {
        return new TlsFixture(tls, settings);
    }

    public int explicitPort() {
        return server().addresses().get(0).getPort();
    }

    public int implicitPort() {
        return server().addresses().get(1).getPort();
    }
}
