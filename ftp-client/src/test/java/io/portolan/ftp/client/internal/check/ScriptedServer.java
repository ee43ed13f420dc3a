package io.portolan.ftp.client.internal.check;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server that works unless it is told to be set up wrongly: {@link #on} gives a verb another reply. {@code PORT} in a reply becomes the port of a listener that takes a data connection, {@code HI,LO} the same in two numbers.
 */
final class ScriptedServer implements Closeable {

    private static final String LISTING = "-rw-r--r-- 1 0 0 5 Jan 1 2026 file\r\n";

    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> replies = new ConcurrentHashMap<>();

    private volatile @Nullable String greeting = "220 here I am\r\n";
    private volatile @Nullable SSLContext tls;
    private volatile @Nullable SSLContext dataTls;
    private volatile boolean visited;
    private volatile boolean implicit;
    private volatile byte @Nullable [] answerToHello;
    private volatile boolean listensForData = true;
    private volatile boolean sendsData = true;

    ScriptedServer() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        replies.putAll(Map.of(
                "USER", "331 and the password",
                "PASS", "230 come in",
                "FEAT", "211-all\r\n UTF8\r\n EPSV\r\n211 End",
                "OPTS", "200 yes",
                "EPSV", "229 ok (|||PORT|)",
                "PASV", "227 ok (127,0,0,1,HI,LO)",
                "AUTH", "234 now",
                "PBSZ", "200 yes",
                "PROT", "200 yes",
                "TYPE", "200 yes"));
        replies.put("PORT", "200 yes");
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** What was said to it, all connections in one. */
    List<String> asked() {
        return asked;
    }

    ScriptedServer on(String verb, String reply) {
        replies.put(verb, reply);
        return this;
    }

    /** Octets that it begins with; null for none. */
    ScriptedServer greets(@Nullable String text) {
        greeting = text;
        return this;
    }

    ScriptedServer tls(SSLContext context) {
        tls = context;
        return this;
    }

    /** What data connections are protected with, if it is not what the control connection is. */
    ScriptedServer dataTls(SSLContext context) {
        dataTls = context;
        return this;
    }

    ScriptedServer implicitTls(SSLContext context) {
        tls = context;
        implicit = true;
        return this;
    }

    /** Instead of TLS, to a client hello, and nothing more. */
    ScriptedServer answersHelloBy(byte... octets) {
        answerToHello = octets;
        return this;
    }

    /** Whether somebody listens on the ports that it tells. */
    ScriptedServer listensForData(boolean does) {
        listensForData = does;
        return this;
    }

    ScriptedServer sendsData(boolean does) {
        sendsData = does;
        return this;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = watch(listening.accept());
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Whether anybody has connected. */
    boolean isVisited() {
        return visited;
    }

    private void serve(Socket plain) {
        try (plain) {
            visited = true;
            Socket socket = implicit ? protect(plain, tls) : plain;
            String begin = greeting;
            if (begin != null) {
                write(socket, begin);
            }
            new Session(socket).run();
        } catch (IOException e) {
            // the client has left, or the test is over
        }
    }

    private static Socket protect(Socket socket, @Nullable SSLContext context) throws IOException {
        if (context == null) {
            throw new IOException("no TLS here");
        }
        SSLSocket secure =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "client", socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private <T extends Closeable> T watch(T resource) {
        open.add(resource);
        return resource;
    }

    private final class Session {

        private Socket socket;
        private BufferedReader in;
        private @Nullable ServerSocket passive;
        private @Nullable Integer active;
        private boolean protectsData;

        Session(Socket socket) throws IOException {
            this.socket = socket;
            in = reader(socket);
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void run() throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                asked.add(line);
                String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
                String reply = replies.getOrDefault(verb, "LIST".equals(verb) ? "150 here it comes" : "502 no");
                if (reply.isEmpty()) {
                    continue;
                }
                if ("CLOSE".equals(reply)) {
                    return;
                }
                write(socket, ported(reply) + "\r\n");
                after(verb, line, reply);
            }
        }

        private void after(String verb, String line, String reply) throws IOException {
            if ("AUTH".equals(verb) && reply.startsWith("234") && tls != null) {
                socket = protect(socket, tls);
                in = reader(socket);
            } else if ("AUTH".equals(verb) && answerToHello != null) {
                answerHello(answerToHello);
            } else if ("PROT".equals(verb)) {
                protectsData = reply.startsWith("200");
            } else if ("PORT".equals(verb)) {
                String[] numbers = line.split("[ ,]");
                active = Integer.parseInt(numbers[5]) * 256 + Integer.parseInt(numbers[6]);
            } else if ("LIST".equals(verb) && reply.startsWith("150")) {
                list();
            }
        }

        private void answerHello(byte[] answer) throws IOException {
            socket.getOutputStream().write(answer);
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        }

        private void list() throws IOException {
            if (!sendsData) {
                return;
            }
            ServerSocket from = passive;
            Integer to = active;
            active = null;
            try (Socket plain = to != null
                    ? new Socket(InetAddress.getLoopbackAddress(), to)
                    : Objects.requireNonNull(from).accept()) {
                Socket data = protectsData ? protect(plain, dataTls == null ? tls : dataTls) : plain;
                write(data, LISTING);
                data.close();
            }
            write(socket, "226 done\r\n");
        }

        private String ported(String reply) throws IOException {
            if (!reply.contains("|PORT|") && !reply.contains("HI,LO")) {
                return reply;
            }
            ServerSocket data = watch(new ServerSocket());
            data.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = data.getLocalPort();
            if (listensForData) {
                passive = data;
            } else {
                data.close();
            }
            return reply.replace("|PORT|", "|" + port + "|").replace("HI,LO", port / 256 + "," + port % 256);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Closeable each : open) {
            each.close();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IOException("a thread of the server does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
