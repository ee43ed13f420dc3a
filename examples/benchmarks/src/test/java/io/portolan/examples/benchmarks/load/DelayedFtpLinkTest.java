package io.portolan.examples.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DelayedFtpLinkTest {

    private static final int ROUND_TRIP_MILLIS = 40;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    /** The port that is told stands for "%d", or for "%d,%d" where it comes in two halves. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "229 Extended Passive mode OK (|||%d|)\r\n",
                "227 Entering Passive Mode (127,0,0,1,%d,%d).\r\n",
            })
    void dataConnectionsGoTheLongWay(String form) throws Exception {
        try (ServerSocket control = new ServerSocket(0, 1, HERE);
                ServerSocket data = new ServerSocket(0, 1, HERE);
                DelayedFtpLink link =
                        new DelayedFtpLink(new InetSocketAddress(HERE, control.getLocalPort()), ROUND_TRIP_MILLIS);
                Socket client = new Socket(HERE, link.port());
                Socket server = control.accept()) {
            int port = data.getLocalPort();
            String answer = form.contains(",") ? form.formatted(port / 256, port % 256) : form.formatted(port);
            long start = System.nanoTime();
            // in two pieces, as octets come as they like
            send(server, answer.substring(0, 5));
            send(server, answer.substring(5));

            String told = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            int relayed = port(told);
            assertThat(relayed).isNotEqualTo(port);
            try (Socket here = new Socket(HERE, relayed);
                    Socket there = data.accept()) {
                send(here, "x");
                assertThat(there.getInputStream().read()).isEqualTo('x');
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                    .as("half a round trip for the answer, one for the connection, half for what is sent")
                    .isGreaterThanOrEqualTo(2 * ROUND_TRIP_MILLIS);
        }
    }

    @Test
    void whatElseIsSaidPassesAsItIs() throws Exception {
        try (ServerSocket control = new ServerSocket(0, 1, HERE);
                DelayedFtpLink link = new DelayedFtpLink(new InetSocketAddress(HERE, control.getLocalPort()), 2);
                Socket client = new Socket(HERE, link.port());
                Socket server = control.accept()) {
            send(server, "226 (|||21|)\r\n");

            assertThat(new String(client.getInputStream().readNBytes(14), StandardCharsets.UTF_8))
                    .isEqualTo("226 (|||21|)\r\n");
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int port(String answer) {
        String numbers = answer.substring(4).replaceAll("\\D+", " ").strip();
        String[] parts = numbers.split(" ");
        return parts.length == 1
                ? Integer.parseInt(parts[0])
                : Integer.parseInt(parts[4]) * 256 + Integer.parseInt(parts[5]);
    }
}
