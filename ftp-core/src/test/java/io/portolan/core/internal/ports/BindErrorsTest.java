package io.portolan.core.internal.ports;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BindErrorsTest {

    private static BindException describe(int port, String cause) {
        return BindErrors.describe("FTP", 21, new InetSocketAddress("192.0.2.1", port), new IOException(cause));
    }

    @Test
    void aPortThatNeedsRightsIsNamedWithWhatToDo() {
        assertThat(describe(21, "Permission denied"))
                .hasMessageStartingWith("cannot listen on 192.0.2.1, port 21 for FTP (whose standard port is 21): ")
                .hasMessageContaining("CAP_NET_BIND_SERVICE")
                .hasMessageContaining("ip_unprivileged_port_start=21")
                .hasMessageContaining("such as 2121")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void anAddressOfAnotherMachineIsNamedWithWhatToDo() {
        assertThat(describe(21, "Cannot assign requested address"))
                .hasMessageContaining("no interface of this machine");
    }

    @Test
    void whatIsNotKnownIsPassedOn() {
        assertThat(describe(21, "The moon is full")).hasMessageEndingWith("The moon is full");
    }

    @Test
    void theOtherPortThatIsProposedIsOneThatExists() {
        assertThat(describe(990, "Address already in use")).hasMessageContaining("9990");
        assertThat(describe(65535, "Address already in use")).hasMessageContaining("65534");
        assertThat(describe(2121, "Address already in use")).hasMessageContaining("2122");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "NIO"})
    void aPortThatIsTakenIsSaidToBeSoByEachTransport(TransportKind kind) throws Exception {
        TransportOptions options = TransportOptions.builder().kind(kind).build();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TransportRuntime runtime = TransportRuntime.start(options, "taken")) {
            InetSocketAddress address = new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort());
            Throwable cause = runtime.onHouse(() -> new ServerBootstrap()
                            .group(runtime.acceptors(), runtime.loops())
                            .channelFactory(runtime.serverChannels())
                            .childHandler(new ChannelInboundHandlerAdapter())
                            .bind(address)
                            .awaitUninterruptibly()
                            .cause())
                    .join();

            assertThat(BindErrors.describe("FTP", 21, address, cause))
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("the port is taken")
                    .hasMessageContaining("ss -ltnp");
        }
    }
}
