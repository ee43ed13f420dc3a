package io.portolan.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DelayedLinkTest {

    private static final int ROUND_TRIP_MILLIS = 100;

    @Test
    void everyOctetArrivesAfterTheDelay() throws Exception {
        byte[] sent = new byte[3 << 20];
        new Random(1).nextBytes(sent);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayedLink link = new DelayedLink(address(server), ROUND_TRIP_MILLIS);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), link.port())) {
            Thread echo = new Thread(() -> echo(server));
            echo.start();
            Thread sender = new Thread(() -> send(client, sent));
            long start = System.nanoTime();
            sender.start();

            InputStream in = client.getInputStream();
            int first = in.read();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            byte[] rest = in.readNBytes(sent.length - 1);

            assertThat(millis).isGreaterThanOrEqualTo(ROUND_TRIP_MILLIS);
            assertThat((byte) first).isEqualTo(sent[0]);
            assertThat(rest).isEqualTo(Arrays.copyOfRange(sent, 1, sent.length));
            assertThat(in.read()).isEqualTo(-1);
            sender.join();
            echo.join();
        }
    }

    private static InetSocketAddress address(ServerSocket server) {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private static void send(Socket client, byte[] octets) {
        try {
            client.getOutputStream().write(octets);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers with what it hears, as much as is expected, and ends. */
    private static void echo(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream().write(socket.getInputStream().readNBytes(3 << 20));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
