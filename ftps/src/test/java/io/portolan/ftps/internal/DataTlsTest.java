package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.DataProtectionException;
import io.portolan.core.internal.security.DataProtectionHandler;
import io.portolan.core.internal.security.TruncatedDataException;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryVersion;
import java.util.Arrays;
import java.util.Random;

/** A data connection's end, as the engines and Netty's handler of TLS tell it: which is one, and which is none. */
class DataTlsTest {

    private static final byte[] FILE = new byte[1_000_003];

    static {
        new Random(1).nextBytes(FILE);
    }

    private static DataProtectionHandler protection(InMemory connection) {
        return connection.server.pipeline().get(DataProtectionHandler.class);
    }

    private static SslHandler serverTls(InMemory connection) {
        return connection.server.pipeline().get(SslHandler.class);
    }

    @EveryVersion
    void anUploadIsWholeWithCloseNotifyWhichIsAnswered(TlsEngine engine, String version) throws Exception {
        InMemory connection = InMemory.data(engine, version, true).carry();
        SslHandler tls = serverTls(connection);
        try (connection) {
            connection.client.writeOutbound(Unpooled.wrappedBuffer(FILE));
            connection.carry();
            assertThat(connection.serverLog.octets()).isEqualTo(FILE);
            assertThat(connection.serverLog.events).isEmpty();
            connection.clientTls().closeOutbound();
            connection.carry();
            assertThat(connection.serverLog.events).containsExactly(ChannelInputShutdownEvent.INSTANCE);
            connection.server.close();
            connection.carry();
            assertThat(connection.clientLog.events).contains(SslCloseCompletionEvent.SUCCESS);
            assertThat(connection.serverLog.failures).isEmpty();
        }
        assertThat(connection.isReleased(tls)).isTrue();
    }

    @EveryVersion
    void anUploadThatIsCutIsNotWhole(TlsEngine engine, String version) throws Exception {
        for (boolean halfClosed : new boolean[] {true, false}) {
            InMemory connection = InMemory.data(engine, version, true).carry();
            SslHandler tls = serverTls(connection);
            DataProtectionHandler protection = protection(connection);
            try (connection) {
                connection.client.writeOutbound(Unpooled.wrappedBuffer(FILE));
                connection.carry();
                if (halfClosed) {
                    connection.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                } else {
                    connection.server.disconnect();
                }
                assertThat(connection.serverLog.failures).hasSize(1).first().isInstanceOf(TruncatedDataException.class);
                assertThat(connection.serverLog.events).doesNotContain(ChannelInputShutdownEvent.INSTANCE);
                protection.cut();
            }
            assertThat(connection.isReleased(tls)).isTrue();
        }
    }

    @EveryVersion
    void aDownloadEndsWithCloseNotifyAndTheClientsEndIsHeard(TlsEngine engine, String version) throws Exception {
        InMemory connection = InMemory.data(engine, version, false).carry();
        SslHandler tls = serverTls(connection);
        try (connection) {
            connection.server.writeAndFlush(Unpooled.wrappedBuffer(FILE));
            connection.carry();
            assertThat(connection.clientLog.octets()).isEqualTo(FILE);
            assertThat(connection.clientLog.events).doesNotContain(SslCloseCompletionEvent.SUCCESS);
            Future<?> finished = protection(connection).finish();
            connection.carry();
            assertThat(finished.isSuccess()).isTrue();
            assertThat(connection.clientLog.events).contains(SslCloseCompletionEvent.SUCCESS);
            connection.clientTls().closeOutbound();
            connection.carry();
            assertThat(connection.serverLog.events).contains(ChannelInputShutdownEvent.INSTANCE);
            assertThat(connection.serverLog.failures).isEmpty();
        }
        assertThat(connection.isReleased(tls)).isTrue();
    }

    /** A client may say at the beginning already that it has nothing to say; then only TCP's end tells that it has read all. */
    @EveryVersion
    void onADownloadBothEndsOfTheClientsAreHeard(TlsEngine engine, String version) throws Exception {
        try (InMemory connection = InMemory.data(engine, version, false).carry()) {
            connection.clientTls().closeOutbound();
            connection.toServer(connection.fromClient());
            assertThat(connection.serverLog.events).containsExactly(ChannelInputShutdownEvent.INSTANCE);
            connection.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            assertThat(connection.serverLog.events)
                    .containsExactly(ChannelInputShutdownEvent.INSTANCE, ChannelInputShutdownEvent.INSTANCE);
            assertThat(connection.serverLog.failures).isEmpty();
        }
    }

    @EveryVersion
    void aDownloadThatBreaksDoesNotLookWhole(TlsEngine engine, String version) throws Exception {
        InMemory connection = InMemory.data(engine, version, false).carry();
        SslHandler tls = serverTls(connection);
        try (connection) {
            connection.server.writeAndFlush(Unpooled.wrappedBuffer(FILE));
            protection(connection).cut();
            connection.carry();
            connection.client.disconnect();
            assertThat(connection.clientLog.octets()).isEqualTo(FILE);
            assertThat(connection.clientLog.events).doesNotContain(SslCloseCompletionEvent.SUCCESS);
        }
        assertThat(connection.isReleased(tls)).isTrue();
    }

    @EveryVersion
    void whatEndsBeforeTheHandshakeIsNotProtected(TlsEngine engine, String version) throws Exception {
        for (boolean incoming : new boolean[] {true, false}) {
            InMemory connection = InMemory.data(engine, version, incoming);
            SslHandler tls = serverTls(connection);
            try (connection) {
                ByteBuf hello = connection.fromClient();
                connection.toServer(hello.readRetainedSlice(hello.readableBytes() - 1));
                hello.release();
                connection.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                assertThat(connection.serverLog.failures)
                        .hasSize(1)
                        .first()
                        .isInstanceOf(DataProtectionException.class);
                Future<?> finished = protection(connection).finish();
                assertThat(finished.isDone() && !finished.isSuccess()).isTrue();
                protection(connection).cut();
            }
            assertThat(connection.isReleased(tls)).isTrue();
        }
    }

    @EveryVersion
    void aRecordThatSomebodyHasChangedFailsTheUploadAtOnce(TlsEngine engine, String version) throws Exception {
        InMemory connection = InMemory.data(engine, version, true).carry();
        DataProtectionHandler protection = protection(connection);
        try (connection) {
            connection.client.writeOutbound(Unpooled.wrappedBuffer(FILE));
            ByteBuf said = connection.fromClient();
            said.setByte(said.writerIndex() - 1, said.getByte(said.writerIndex() - 1) ^ 1);
            connection.toServer(said);
            connection.server.runPendingTasks();
            assertThat(connection.serverLog.failures).hasSize(1);
            protection.cut();
            connection.toClient();
            assertThat(connection.clientLog.failures).hasSize(1);
            assertThat(connection.clientLog.failures.get(0)).hasMessageContaining("BAD_RECORD_MAC");
        }
    }

    @EveryVersion
    void nothingPassesBehindCloseNotify(TlsEngine engine, String version) throws Exception {
        try (InMemory connection = InMemory.data(engine, version, true).carry()) {
            connection.client.writeOutbound(Unpooled.wrappedBuffer(Arrays.copyOf(FILE, 10)));
            ByteBuf said = connection.fromClient();
            connection.clientTls().closeOutbound();
            ByteBuf all = Unpooled.wrappedBuffer(said.copy(), connection.fromClient(), said);
            connection.toServer(all);
            assertThat(connection.serverLog.octets()).hasSize(10);
            assertThat(connection.serverLog.events).containsExactly(ChannelInputShutdownEvent.INSTANCE);
        }
    }
}
