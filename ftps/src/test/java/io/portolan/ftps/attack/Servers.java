package io.portolan.ftps.attack;

import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.testing.TlsFixture;
import java.util.function.UnaryOperator;

/** Servers with the settings that everybody gets. */
final class Servers {

    /** Made once, as a key pair takes its time on a busy machine. */
    private static final TlsKeys KEYS = TlsKeys.selfSigned();

    private Servers() {}

    static ServerTls tls(TlsEngine engine) {
        return ServerTls.builder().keys(KEYS).engine(engine).build();
    }

    static TlsFixture with(TlsEngine engine) {
        return TlsFixture.serving(tls(engine));
    }

    /** With other time-outs than the fixture's. */
    static TlsFixture with(TlsEngine engine, UnaryOperator<FtpTimeouts> timeouts) {
        return TlsFixture.serving(
                tls(engine),
                builder -> builder.timeouts(timeouts.apply(builder.build().timeouts())));
    }
}
