package io.portolan.ftp.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Patience;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An FTP client on plain sockets that sends what it is told to, also what no proper client would. Nothing in it waits longer than
 * {@link Patience#LONG_ENOUGH}. Not for several threads at a time.
 */
public final class FtpTestClient implements AutoCloseable {

    private static final Pattern PASV = Pattern.compile("\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)");
    private static final Pattern EPSV = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");

    private final Socket control;
    private final InputStream in;

    private FtpTestClient(Socket control) throws IOException {
        this.control = control;
        this.in = new BufferedInputStream(control.getInputStream());
        control.setSoTimeout(Patience.MILLIS);
        control.setTcpNoDelay(true);
    }

    /** Connects, and leaves the greeting to be read. */
    public static FtpTestClient connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.connect(server, Patience.MILLIS);
        return new FtpTestClient(socket);
    }

    public Socket control() {
        return control;
    }

    /** Sends one line, in UTF-8. */
    public void send(String line) throws IOException {
        sendRaw(line + "\r\n");
    }

    /** Sends a text as it is, in UTF-8. */
    public void sendRaw(String text) throws IOException {
        sendRaw(text.getBytes(StandardCharsets.UTF_8));
    }

    public void sendRaw(byte[] octets) throws IOException {
        control.getOutputStream().write(octets);
        control.getOutputStream().flush();
    }

    /** Sends a line and reads one reply. */
    public TestReply command(String line) throws IOException {
        send(line);
        return reply();
    }

    /** Reads one reply, of one line or many (RFC 959, section 4.2). */
    public TestReply reply() throws IOException {
        List<String> lines = new ArrayList<>();
        String first = line();
        lines.add(first);
        assertThat(first).as("a reply").matches("(?s)\\d{3}[ -].*");
        String code = first.substring(0, 3);
        if (first.charAt(3) == '-') {
            String next;
            do {
                next = line();
                lines.add(next);
            } while (!next.startsWith(code + " "));
        }
        return new TestReply(Integer.parseInt(code), List.copyOf(lines));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int last = -1;
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the server closed the connection, after: " + line);
            }
            if (octet == '\n' && last == '\r') {
                byte[] octets = line.toByteArray();
                return new String(octets, 0, octets.length - 1, StandardCharsets.UTF_8);
            }
            line.write(octet);
            last = octet;
        }
    }

    /** Reads a reply that must have this code. */
    public TestReply expect(int code) throws IOException {
        TestReply reply = reply();
        assertThat(reply.code()).as("the code of: %s", reply).isEqualTo(code);
        return reply;
    }

    /** Sends a line and reads a reply that must have this code. */
    public TestReply expect(int code, String line) throws IOException {
        send(line);
        TestReply reply = reply();
        assertThat(reply.code())
                .as("the code of the reply to %s: %s", line, reply)
                .isEqualTo(code);
        return reply;
    }

    /** The server must close the connection without another word. */
    public void expectClosed() throws IOException {
        int next;
        try {
            next = in.read();
        } catch (SocketException reset) {
            next = -1;
        }
        assertThat(next).as("the next octet").isEqualTo(-1);
    }

    /** Reads the greeting and logs in as {@link ServerFixture#USER}, in TYPE I. */
    public FtpTestClient login() throws IOException {
        return login(ServerFixture.USER, ServerFixture.PASSWORD);
    }

    public FtpTestClient login(String user, String password) throws IOException {
        expect(220);
        expect(331, "USER " + user);
        expect(230, "PASS " + password);
        expect(200, "TYPE I");
        return this;
    }

    /**
     * Reads the greeting, logs in, and says some more, all in one go: however long this machine lets the client wait in between, the server does not notice. The replies to
     * what is behind the login are left to be read.
     */
    public FtpTestClient loginAndSend(String... lines) throws IOException {
        expect(220);
        List<String> all =
                new ArrayList<>(List.of("USER " + ServerFixture.USER, "PASS " + ServerFixture.PASSWORD, "TYPE I"));
        all.addAll(List.of(lines));
        sendRaw(String.join("\r\n", all) + "\r\n");
        expect(331);
        expect(230);
        expect(200);
        return this;
    }

    // --- data connections

    public TestData passive() throws IOException {
        return connectTo(passivePort());
    }

    /** PASV, without connecting. */
    public int passivePort() throws IOException {
        Matcher numbers = PASV.matcher(expect(227, "PASV").text());
        assertThat(numbers.find()).isTrue();
        return Integer.parseInt(numbers.group(5)) << 8 | Integer.parseInt(numbers.group(6));
    }

    public TestData extendedPassive() throws IOException {
        return connectTo(extendedPassivePort());
    }

    /** EPSV, without connecting. */
    public int extendedPassivePort() throws IOException {
        Matcher port = EPSV.matcher(expect(229, "EPSV").text());
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** Connects to a port of the server's. */
    public TestData connectTo(int port) throws IOException {
        Socket data = new Socket();
        data.connect(new InetSocketAddress(control.getInetAddress(), port), Patience.MILLIS);
        data.setSoTimeout(Patience.MILLIS);
        return TestData.connected(data);
    }

    /** PORT. */
    public TestData active() throws IOException {
        ServerSocket listener = listen();
        int port = listener.getLocalPort();
        String address = control.getLocalAddress().getHostAddress().replace('.', ',');
        expect(200, "PORT " + address + "," + (port >> 8) + "," + (port & 255));
        return TestData.listening(listener);
    }

    /** EPRT. */
    public TestData extendedActive() throws IOException {
        ServerSocket listener = listen();
        InetAddress address = control.getLocalAddress();
        String family = address instanceof java.net.Inet4Address ? "1" : "2";
        String literal = address.getHostAddress().replaceFirst("%.*", "");
        expect(200, "EPRT |" + family + "|" + literal + "|" + listener.getLocalPort() + "|");
        return TestData.listening(listener);
    }

    private ServerSocket listen() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, control.getLocalAddress());
        listener.setSoTimeout(Patience.MILLIS);
        return listener;
    }

    // --- whole transfers, by EPSV

    /** Runs RETR, LIST and their like and returns what came; the replies must be 150 and 226. */
    public byte[] download(String command) throws IOException {
        try (TestData data = extendedPassive()) {
            expect(150, command);
            byte[] bytes = data.readAll();
            expect(226);
            return bytes;
        }
    }

    /** What a listing command gives, in UTF-8. */
    public String list(String command) throws IOException {
        return new String(download(command), StandardCharsets.UTF_8);
    }

    /** Runs STOR and its like; the replies must be 150 and 226. */
    public void upload(String command, byte[] bytes) throws IOException {
        try (TestData data = extendedPassive()) {
            expect(150, command);
            data.write(bytes);
            data.end();
            expect(226);
        }
    }

    public void upload(String command, String text) throws IOException {
        upload(command, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Runs a transfer command whose file is refused: the first reply must have this code. */
    public TestReply refused(int code, String command) throws IOException {
        try (TestData data = extendedPassive()) {
            TestReply reply = expect(code, command);
            data.expectNothing();
            return reply;
        }
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
