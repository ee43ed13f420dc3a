package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client program that moves one file up and down again, which all of them do alike. Beside what is abstract, its test has two static methods: {@code kindsOfDataConnection} and
 * {@code kindsOverIpv6}, which give what {@link #moveBothWays} understands.
 */
abstract class BothWaysTest extends ServerPeerTest {

    /** How the program makes data connections when nobody tells it. */
    static final String BY_ITSELF = "";

    /**
     * Sends the local {@code up} as {@code file}, and fetches that as {@code down}.
     *
     * @param kind {@link #BY_ITSELF}, or what tells the program how to make data connections
     */
    abstract void moveBothWays(String kind) throws Exception;

    private void expectBytesMovedBothWays(String kind, int size) throws Exception {
        byte[] bytes = localFile("up", size);
        moveBothWays(kind);
        assertThat(server.read("/file")).isEqualTo(bytes);
        assertThat(localBytes("down")).isEqualTo(bytes);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    final void movesAFileBothWays(Storage storage) throws Exception {
        serve(storage);
        expectBytesMovedBothWays(BY_ITSELF, 1_000_003);
    }

    @ParameterizedTest
    @MethodSource("kindsOfDataConnection")
    final void movesAFileByEveryKindOfDataConnection(String kind) throws Exception {
        serve(Storage.MEMORY);
        expectBytesMovedBothWays(kind, 300_000);
    }

    @ParameterizedTest
    @MethodSource("kindsOverIpv6")
    final void movesAFileOverIpv6(String kind) throws Exception {
        serveOnIpv6(Storage.MEMORY);
        expectBytesMovedBothWays(kind, 300_000);
    }

    @ParameterizedTest
    @EnumSource(Storage.class)
    final void movesAnEmptyFileBothWays(Storage storage) throws Exception {
        serve(storage);
        expectBytesMovedBothWays(BY_ITSELF, 0);
    }

    @Test
    final void movesABigFileBothWays() throws Exception {
        serve(Storage.DISK);
        String hash = Payload.hash(Payload.file(local.resolve("up"), BIG));
        moveBothWays(BY_ITSELF);
        assertThat(Payload.hash(stored.resolve("file"))).isEqualTo(hash);
        assertThat(Payload.hash(local.resolve("down"))).isEqualTo(hash);
    }
}
