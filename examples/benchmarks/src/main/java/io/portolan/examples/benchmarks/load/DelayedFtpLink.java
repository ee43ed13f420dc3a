package io.portolan.examples.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A long way to an FTP server: data connections in passive mode go the same way, as the ports in the server's answers are replaced. In the clear only. */
public final class DelayedFtpLink extends DelayedLink {

    private static final Pattern EXTENDED = Pattern.compile("229 (.*\\(\\|\\|\\|)(\\d+)(\\|\\).*)", Pattern.DOTALL);
    private static final Pattern PASSIVE =
            Pattern.compile("227 (.*?)\\d+,\\d+,\\d+,\\d+,(\\d+),(\\d+)(.*)", Pattern.DOTALL);

    private final InetSocketAddress server;
    private final int roundTripMillis;
    private final Queue<DelayedLink> data = new ArrayDeque<>();

    /**
     * Listens on a port of its own.
     *
     * @param server whom connections go to
     * @param roundTripMillis how long a question and its answer are under way
     */
    public DelayedFtpLink(InetSocketAddress server, int roundTripMillis) throws IOException {
        super(server, roundTripMillis, Distance.CONNECTIONS);
        this.server = server;
        this.roundTripMillis = roundTripMillis;
    }

    @Override
    UnaryOperator<byte[]> answers() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        return octets -> {
            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            for (byte octet : octets) {
                line.write(octet);
                if (octet == '\n') {
                    passed.writeBytes(
                            answer(line.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
                    line.reset();
                }
            }
            return passed.toByteArray();
        };
    }

    private String answer(String line) {
        Matcher extended = EXTENDED.matcher(line);
        if (extended.matches()) {
            return "229 " + extended.group(1) + port(Integer.parseInt(extended.group(2))) + extended.group(3);
        }
        Matcher passive = PASSIVE.matcher(line);
        if (passive.matches()) {
            int port = port(Integer.parseInt(passive.group(2)) * 256 + Integer.parseInt(passive.group(3)));
            return "227 " + passive.group(1) + "127,0,0,1," + port / 256 + "," + port % 256 + passive.group(4);
        }
        return line;
    }

    private int port(int theirs) {
        try {
            DelayedLink link = new DelayedLink(
                    new InetSocketAddress(server.getAddress(), theirs), roundTripMillis, Distance.ONE_CONNECTION);
            synchronized (data) {
                data.add(link);
            }
            return link.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        super.close();
        synchronized (data) {
            data.forEach(DelayedLink::close);
        }
    }
}
