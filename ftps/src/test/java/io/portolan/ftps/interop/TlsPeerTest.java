package io.portolan.ftps.interop;

import static org.awaitility.Awaitility.await;

import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.PeerTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

/** A server with TLS for one client program. */
abstract class TlsPeerTest extends PeerTest {

    /** Made once, as a key pair takes its time on a busy machine. */
    private static final TlsKeys KEYS = TlsKeys.selfSigned();

    /** More than one record, more than one read, and no multiple of either. */
    static final int SIZE = 1_000_003;

    TlsFixture server;

    final void serve(TlsEngine engine, SessionResumption resumption) {
        serve(engine, resumption, settings -> settings);
    }

    final void serve(TlsEngine engine, SessionResumption resumption, UnaryOperator<FtpServerConfig.Builder> settings) {
        server = TlsFixture.serving(
                ServerTls.builder()
                        .keys(KEYS)
                        .engine(engine)
                        .dataSessionResumption(resumption)
                        .build(),
                settings);
    }

    @AfterEach
    final void stop() throws IOException {
        if (server != null) {
            try {
                await("the sessions' end")
                        .until(() -> server.server().sessions().isEmpty());
            } finally {
                server.close();
            }
        }
    }

    final int port(boolean implicit) {
        return implicit ? server.implicitPort() : server.explicitPort();
    }

    /** Each engine, version of TLS, and kind of TLS: engine, such as {@code 1.3}, whether implicit. */
    static Stream<Arguments> everyWay() {
        List<Arguments> ways = new ArrayList<>();
        for (TlsEngine engine : List.of(TlsEngine.BORINGSSL, TlsEngine.JDK)) {
            for (String version : List.of("1.2", "1.3")) {
                for (boolean implicit : new boolean[] {false, true}) {
                    ways.add(Arguments.of(engine, version, implicit));
                }
            }
        }
        return ways.stream();
    }
}
