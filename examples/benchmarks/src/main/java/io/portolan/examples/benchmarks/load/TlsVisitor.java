package io.portolan.examples.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/**
 * Fetches and stores files over explicit TLS, one after the other over one control connection, whose session each data connection resumes. Not lftp or curl: both wait on their own for each file, for 50 and 200 ms,
 * whatever the server does. By the JDK's TLS, which looks sessions up by the name and port that an engine is made for: here always those of the control connection.
 */
public final class TlsVisitor implements AutoCloseable {

    private static final Pattern PASSIVE = Pattern.compile("\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)");
    private static final int TIMEOUT_MILLIS = 60_000;

    private final SSLContext context;
    private final String version;
    private final InetSocketAddress server;
    private final TlsStream control;

    /**
     * Connects, protects the connection and logs in.
     *
     * @param version the version of TLS, such as {@code TLSv1.3}; the cipher suites are those with AES-256-GCM
     */
    public TlsVisitor(InetSocketAddress server, String user, String password, String version) throws IOException {
        this.server = server;
        this.version = version;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new NobodyAsked()}, null);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        Socket socket = connect(server.getPort());
        expect(plainLine(socket), '2');
        socket.getOutputStream().write("AUTH TLS\r\n".getBytes(StandardCharsets.US_ASCII));
        expect(plainLine(socket), '2');
        control = new TlsStream(socket, engine());
        control.handshake();
        say("USER " + user, '3');
        say("PASS " + password, '2');
        say("PBSZ 0", '2');
        say("PROT P", '2');
        say("TYPE I", '2');
    }

    private SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine("benchmark", server.getPort());
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        engine.setEnabledCipherSuites(
                version.equals("TLSv1.3")
                        ? new String[] {"TLS_AES_256_GCM_SHA384"}
                        : new String[] {
                            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
                        });
        return engine;
    }

    private Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(server.getAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }

    /**
     * Fetches a file.
     *
     * @param from its name on the server
     * @param to where it is put
     */
    public void fetch(String from, Path to) throws IOException {
        try (Socket socket = connect(passive())) {
            say("RETR " + from, '1');
            TlsStream data = new TlsStream(socket, engine());
            data.handshake();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            data.readAll(all);
            data.end();
            Files.write(to, all.toByteArray());
        }
        expect(line(), '2');
    }

    /**
     * Stores a file.
     *
     * @param from the file
     * @param to its name on the server
     */
    public void store(Path from, String to) throws IOException {
        try (Socket socket = connect(passive())) {
            say("STOR " + to, '1');
            TlsStream data = new TlsStream(socket, engine());
            data.handshake();
            data.write(Files.readAllBytes(from));
            data.end();
            // to the server's end, as its tickets may come with that
            data.readAll(new ByteArrayOutputStream());
        }
        expect(line(), '2');
    }

    /**
     * Changes the folder.
     *
     * @param path where to
     */
    public void enter(String path) throws IOException {
        say("CWD " + path, '2');
    }

    private int passive() throws IOException {
        Matcher port = PASSIVE.matcher(say("PASV", '2'));
        if (!port.find()) {
            throw new IOException("no address in the reply to PASV");
        }
        return Integer.parseInt(port.group(5)) << 8 | Integer.parseInt(port.group(6));
    }

    private String say(String command, char firstDigit) throws IOException {
        control.write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return expect(line(), firstDigit);
    }

    private String line() throws IOException {
        String line = control.line();
        while (line.length() < 4 || line.charAt(3) == '-' || !Character.isDigit(line.charAt(0))) {
            line = control.line();
        }
        return line;
    }

    private static String plainLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = socket.getInputStream().read();
        while (octet >= 0 && octet != '\n') {
            line.append((char) octet);
            octet = socket.getInputStream().read();
        }
        return line.length() >= 4 && line.charAt(3) == '-' ? plainLine(socket) : line.toString();
    }

    private static String expect(String line, char firstDigit) throws IOException {
        if (line.isEmpty() || line.charAt(0) != firstDigit) {
            throw new IOException("expected " + firstDigit + "xx, got " + line);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
