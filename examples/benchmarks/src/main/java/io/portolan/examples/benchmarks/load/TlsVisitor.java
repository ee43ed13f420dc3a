package io.portolan.examples.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches and stores files over explicit TLS, one after the other over one control connection, whose session each data connection resumes. Not lftp or curl: both wait on their own for each file, for 50 and 200 ms,
 * whatever the server does.
 */
public final class TlsVisitor implements AutoCloseable {

    private static final Pattern PASSIVE = Pattern.compile("\\((\\d+),(\\d+),(\\d+),(\\d+),(\\d+),(\\d+)\\)");

    private final TlsClient tls;
    private final InetSocketAddress server;
    private final TlsControl control;

    /**
     * Connects, protects the connection and logs in.
     *
     * @param version the version of TLS, such as {@code TLSv1.3}; the cipher suites are those with AES-256-GCM
     */
    public TlsVisitor(InetSocketAddress server, String user, String password, String version) throws IOException {
        this.server = server;
        tls = new TlsClient(version);
        control = TlsControl.open(server, tls.resuming(server.getPort()));
        boolean loggedIn = false;
        try {
            control.say("USER " + user, '3');
            control.say("PASS " + password, '2');
            control.say("PBSZ 0", '2');
            control.say("PROT P", '2');
            control.say("TYPE I", '2');
            loggedIn = true;
        } finally {
            if (!loggedIn) {
                control.close();
            }
        }
    }

    /**
     * Fetches a file.
     *
     * @param from its name on the server
     * @param to where it is put
     */
    public void fetch(String from, Path to) throws IOException {
        Files.write(to, fetch(from));
    }

    /**
     * Fetches a file.
     *
     * @param from its name on the server
     * @return what is in it
     */
    byte[] fetch(String from) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = connect()) {
            control.say("RETR " + from, '1');
            TlsStream data = protect(socket);
            data.readAll(all);
            data.end();
        }
        control.reply('2');
        return all.toByteArray();
    }

    /**
     * Stores a file.
     *
     * @param from the file
     * @param to its name on the server
     */
    public void store(Path from, String to) throws IOException {
        try (Socket socket = connect()) {
            control.say("STOR " + to, '1');
            TlsStream data = protect(socket);
            data.write(Files.readAllBytes(from));
            data.end();
            // to the server's end, as its tickets may come with that
            data.readAll(new ByteArrayOutputStream());
        }
        control.reply('2');
    }

    /**
     * Changes the folder.
     *
     * @param path where to
     */
    public void enter(String path) throws IOException {
        control.say("CWD " + path, '2');
    }

    /** Always the session of the control connection, by its port. */
    private TlsStream protect(Socket socket) throws IOException {
        TlsStream data = new TlsStream(socket, tls.resuming(server.getPort()));
        data.handshake();
        return data;
    }

    private Socket connect() throws IOException {
        Matcher port = PASSIVE.matcher(control.say("PASV", '2'));
        if (!port.find()) {
            throw new IOException("no address in the reply to PASV");
        }
        int number = Integer.parseInt(port.group(5)) << 8 | Integer.parseInt(port.group(6));
        return TlsControl.connect(new InetSocketAddress(server.getAddress(), number));
    }

    @Override
    public void close() throws IOException {
        control.close();
    }
}
