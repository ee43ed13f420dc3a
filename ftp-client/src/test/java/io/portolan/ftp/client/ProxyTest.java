package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.testing.TestProxy;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProxyTest extends ClientTest {

    @ParameterizedTest
    @EnumSource(ProxyType.class)
    void controlAndDataConnectionsGoThroughAProxy(ProxyType type) throws Exception {
        try (TestProxy proxy = new TestProxy(false);
                FtpClient client =
                        another(builder -> builder.proxy(type, "127.0.0.1", proxy.port(), "user", "secret"));
                BlockingFtpSession session = client.connectBlocking()) {
            session.upload(TransferSource.fromBytes(new byte[300_000]), "/file", UploadOptions.defaults());
            ByteSink sink = TransferSink.toBytes(300_000);
            session.download("/file", sink, DownloadOptions.defaults());
            assertThat(sink.bytes()).hasSize(300_000);
            assertThat(proxy.targets())
                    .hasSize(3)
                    .first()
                    .isEqualTo("127.0.0.1:" + server.address().getPort());
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyType.class)
    void aProxyThatRefusesIsToldOf(ProxyType type) throws Exception {
        try (TestProxy proxy = new TestProxy(true);
                FtpClient client =
                        another(builder -> builder.proxy(type, "127.0.0.1", proxy.port(), "user", "secret"))) {
            assertThatThrownBy(client::connectBlocking)
                    .isInstanceOf(FtpConnectionException.class)
                    .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port());
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyType.class)
    void aProxyToWhomOneIsNobodyIsToldOf(ProxyType type) throws Exception {
        try (TestProxy proxy = new TestProxy(false);
                FtpClient client =
                        another(builder -> builder.proxy(type, "127.0.0.1", proxy.port(), "nobody", "wrong"))) {
            assertThatThrownBy(client::connectBlocking)
                    .isInstanceOf(FtpConnectionException.class)
                    .hasMessageContaining("the proxy");
        }
    }
}
