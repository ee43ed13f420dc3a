package io.portolan.ftps.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Patience;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * An FTP client with the JDK's TLS, which resumes sessions as the server wants it: all its connections are of one {@link SSLContext} and under the control connection's name. It trusts everybody. Nothing in
 * it waits longer than {@link Patience#LONG_ENOUGH}. Not for several threads at a time.
 */
public final class TlsTestClient implements AutoCloseable {

    private static final Pattern EPSV = Pattern.compile("\\(\\|\\|\\|(\\d+)\\|\\)");
    /** How a client speaks TLS. */
    public static final class Manner {
        private final SSLContext context;
        private final String[] protocols;
        private @Nullable String serverName;
        private String[] alpn = {};
        private String[] suites = {};

        private Manner(SSLContext context, String... protocols) {
            this.context = context;
            this.protocols = protocols;
        }

        /** With one version of TLS, such as {@code TLSv1.3}. */
        public static Manner of(String protocol, KeyManager... keys) {
            return new Manner(TrustsEverybody.context(keys), protocol);
        }

        /** The only version. */
        public String version() {
            return protocols[0];
        }

        public Manner serverName(String name) {
            serverName = name;
            return this;
        }

        public Manner alpn(String... names) {
            alpn = names;
            return this;
        }

        public Manner cipherSuites(String... names) {
            suites = names;
            return this;
        }

        /** The peer's name and port are by what the session is looked up. */
        TlsSocket wrap(Socket raw, String peerHost, int peerPort) {
            SSLEngine engine = context.createSSLEngine(peerHost, peerPort);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(protocols);
            parameters.setApplicationProtocols(alpn);
            if (serverName != null) {
                parameters.setServerNames(List.of(new SNIHostName(serverName)));
            }
            if (suites.length > 0) {
                parameters.setCipherSuites(suites);
            }
            engine.setSSLParameters(parameters);
            return new TlsSocket(raw, engine);
        }
    }

    private final Manner manner;
    private final Socket raw;
    private @Nullable TlsSocket tls;

    private TlsTestClient(InetSocketAddress server, Manner manner) throws IOException {
        this.manner = manner;
        raw = new Socket();
        raw.connect(server, Patience.MILLIS);
        raw.setSoTimeout(Patience.MILLIS);
        raw.setTcpNoDelay(true);
    }

    /** Connects in the clear, and leaves the greeting to be read. */
    public static TlsTestClient plain(TlsFixture server, Manner manner) throws IOException {
        return new TlsTestClient(address(server.explicitPort()), manner);
    }

    /** Connects and says AUTH TLS. */
    public static TlsTestClient explicit(TlsFixture server, Manner manner) throws IOException {
        TlsTestClient client = plain(server, manner);
        client.expect(220);
        client.expect(234, "AUTH TLS");
        client.handshake();
        return client;
    }

    /** Connects, says AUTH TLS, and sends a command together with the end of the handshake. */
    public static TlsTestClient explicitSaying(TlsFixture server, Manner manner, String line) throws IOException {
        TlsTestClient client = plain(server, manner);
        client.expect(220);
        client.expect(234, "AUTH TLS");
        client.tls = manner.wrap(client.raw, client.peerHost(), client.raw.getPort())
                .handshakeAndWrite((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        return client;
    }

    /** Connects to the port where all is protected, and leaves the greeting to be read. */
    public static TlsTestClient implicit(TlsFixture server, Manner manner) throws IOException {
        TlsTestClient client = implicitUnprotected(server, manner);
        client.handshake();
        return client;
    }

    /** Connects to the port where all is protected, and says nothing. */
    public static TlsTestClient implicitUnprotected(TlsFixture server, Manner manner) throws IOException {
        return new TlsTestClient(address(server.implicitPort()), manner);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Begins TLS on the control connection. */
    public TlsSocket handshake() throws IOException {
        TlsSocket socket = manner.wrap(raw, peerHost(), raw.getPort()).handshake();
        tls = socket;
        return socket;
    }

    /** Goes on in the clear, on a connection whose TLS has ended on both sides. */
    public void clear() {
        tls = null;
    }

    private String peerHost() {
        return raw.getInetAddress().getHostAddress();
    }

    /** The control connection's TLS. */
    public TlsSocket tls() {
        return Objects.requireNonNull(tls, "in the clear");
    }

    /** The TCP connection below. */
    public Socket raw() {
        return raw;
    }

    // --- the dialogue

    public void send(String line) throws IOException {
        sendRaw(line + "\r\n");
    }

    public void sendRaw(String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (tls == null) {
            raw.getOutputStream().write(octets);
        } else {
            tls.write(octets);
        }
    }

    /** Reads a reply, of one line or many. */
    public String reply() throws IOException {
        StringBuilder all = new StringBuilder(line());
        String end = all.substring(0, 3) + " ";
        String last = all.toString();
        while (!last.startsWith(end)) {
            last = line();
            all.append('\n').append(last);
        }
        return all.toString();
    }

    private int read() throws IOException {
        return tls == null ? raw.getInputStream().read() : tls.read();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = read();
        while (octet >= 0) {
            if (octet == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) octet);
            octet = read();
        }
        throw new IOException("the server closed the connection, after: " + line);
    }

    public String expect(int code) throws IOException {
        String reply = reply();
        assertThat(reply).startsWith(code + " ".substring(reply.startsWith(code + "-") ? 1 : 0));
        return reply;
    }

    public String expect(int code, String line) throws IOException {
        send(line);
        String reply = reply();
        assertThat(reply).as("reply to %s", line).startsWith(Integer.toString(code));
        return reply;
    }

    /** The server closes the connection, in whatever manner. */
    public void expectClosed() {
        int next;
        try {
            next = read();
        } catch (IOException e) {
            next = -1;
        }
        assertThat(next).isEqualTo(-1);
    }

    /** Logs in, behind the greeting, and protects data connections. */
    public TlsTestClient login() throws IOException {
        expect(331, "USER " + TlsFixture.USER);
        expect(230, "PASS " + TlsFixture.PASSWORD);
        return ready();
    }

    /** Protects data connections, and sets TYPE I. */
    public TlsTestClient ready() throws IOException {
        expect(200, "PBSZ 0");
        expect(200, "PROT P");
        expect(200, "TYPE I");
        return this;
    }

    // --- data connections

    /** EPSV, and connects; the handshake is {@link Data#tls}. */
    public Data passive() throws IOException {
        return connectTo(passivePort());
    }

    /** EPSV: the port. */
    public int passivePort() throws IOException {
        Matcher port = EPSV.matcher(expect(229, "EPSV"));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** Connects to a passive port; the handshake is {@link Data#tls}. */
    public Data connectTo(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(raw.getInetAddress(), port), Patience.MILLIS);
        return new Data(socket, null);
    }

    /** EPRT; the server connects with the transfer command. */
    public Data active() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, raw.getLocalAddress());
        listener.setSoTimeout(Patience.MILLIS);
        String family = raw.getLocalAddress() instanceof java.net.Inet4Address ? "1" : "2";
        String host = raw.getLocalAddress().getHostAddress().replaceFirst("%.*", "");
        expect(200, "EPRT |" + family + "|" + host + "|" + listener.getLocalPort() + "|");
        return new Data(null, listener);
    }

    /** A data connection. */
    public final class Data implements AutoCloseable {
        private final @Nullable ServerSocket listener;
        private @Nullable Socket socket;
        private @Nullable TlsSocket tls;

        private Data(@Nullable Socket socket, @Nullable ServerSocket listener) {
            this.socket = socket;
            this.listener = listener;
        }

        /** The TCP connection, waited for if the server makes it. */
        public Socket raw() throws IOException {
            Socket now = socket;
            if (now == null) {
                if (listener == null) {
                    throw new IllegalStateException("neither connected nor listening");
                }
                now = listener.accept();
                socket = now;
            }
            now.setSoTimeout(Patience.MILLIS);
            now.setTcpNoDelay(true);
            return now;
        }

        /** Shakes hands, with the session of the control connection. */
        public TlsSocket tls() throws IOException {
            return tls(manner);
        }

        /** Shakes hands in somebody's manner. */
        public TlsSocket tls(Manner whose) throws IOException {
            TlsSocket now = tls;
            if (now == null) {
                now = whose.wrap(raw(), peerHost(), TlsTestClient.this.raw.getPort())
                        .handshake();
                tls = now;
            }
            return now;
        }

        public byte[] readAll() throws IOException {
            return tls().readAll();
        }

        public void write(byte[] bytes) throws IOException {
            tls().write(bytes);
        }

        /** Says close_notify, and reads to the server's, so that its tickets are taken. */
        public void end() throws IOException {
            tls().closeNotify();
            assertThat(tls().read()).isEqualTo(-1);
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
            }
            if (listener != null) {
                listener.close();
            }
        }
    }

    public byte[] download(String command) throws IOException {
        try (Data data = passive()) {
            expect(150, command);
            byte[] bytes = data.readAll();
            expect(226);
            return bytes;
        }
    }

    public void upload(String command, byte[] bytes) throws IOException {
        try (Data data = passive()) {
            expect(150, command);
            data.write(bytes);
            data.end();
            expect(226);
        }
    }

    /** The lines of a text. */
    public static List<String> lines(byte[] text) {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8))
                .lines()
                .toList();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
