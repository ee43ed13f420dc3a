package io.portolan.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy of each kind on plain sockets, for whoever is {@code user} with {@code secret}. Its threads end with it. */
public final class TestProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final boolean refuses;
    private final byte[] behind;

    /** What is to be spoken is seen from the first octet. */
    public TestProxy(boolean refuses) throws IOException {
        this(refuses, "");
    }

    private TestProxy(boolean refuses, String behind) throws IOException {
        this.refuses = refuses;
        this.behind = behind.getBytes(StandardCharsets.US_ASCII);
        run(this::accept);
    }

    /** One that says something of its own right behind its answers, as if the server had said it. */
    public static TestProxy lying(String behind) throws IOException {
        return new TestProxy(false, behind);
    }

    private interface Task {
        void run() throws IOException;
    }

    private void run(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // the end of a connection, or of this
            }
        });
        threads.add(thread);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where to it has connected. */
    public List<String> targets() {
        return targets;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        switch (in.readUnsignedByte()) {
            case 4 -> socks4(client, in, out);
            case 5 -> socks5(client, in, out);
            default -> http(client, in, out);
        }
    }

    private void socks4(Socket client, DataInputStream in, OutputStream out) throws IOException {
        in.readUnsignedByte();
        int port = in.readUnsignedShort();
        in.readInt();
        boolean known = text(in).equals("user");
        String host = text(in);
        if (refuses || !known) {
            out.write(new byte[] {0, 0x5b, 0, 0, 0, 0, 0, 0});
            client.close();
            return;
        }
        Socket server = connect(host, port);
        accept(out, new byte[] {0, 0x5a, 0, 0, 0, 0, 0, 0});
        relay(client, server);
    }

    private static String text(DataInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int next = in.readUnsignedByte();
        while (next != 0) {
            text.append((char) next);
            next = in.readUnsignedByte();
        }
        return text.toString();
    }

    private void socks5(Socket client, DataInputStream in, OutputStream out) throws IOException {
        in.readNBytes(in.readUnsignedByte());
        out.write(new byte[] {5, 2});
        in.readUnsignedByte();
        String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        String password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
        boolean known = user.equals("user") && password.equals("secret");
        out.write(new byte[] {1, (byte) (known ? 0 : 1)});
        if (!known) {
            client.close();
            return;
        }
        in.readNBytes(4);
        String host = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
        int port = in.readUnsignedShort();
        if (refuses) {
            out.write(new byte[] {5, 2, 0, 1, 0, 0, 0, 0, 0, 0});
            client.close();
            return;
        }
        Socket server = connect(host, port);
        accept(out, new byte[] {5, 0, 0, 3, 1, 'x', 0, 0});
        relay(client, server);
    }

    private void http(Socket client, DataInputStream in, OutputStream out) throws IOException {
        StringBuilder request = new StringBuilder("C");
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readUnsignedByte());
        }
        String login = Base64.getEncoder().encodeToString("user:secret".getBytes(StandardCharsets.UTF_8));
        if (refuses || request.indexOf("Proxy-Authorization: Basic " + login + "\r\n") < 0) {
            out.write("HTTP/1.1 407 Who are you?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.close();
            return;
        }
        String[] target = request.toString().split(" ")[1].split(":");
        Socket server = connect(target[0], Integer.parseInt(target[1]));
        accept(out, "HTTP/1.1 200 Fine\r\nVia: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        relay(client, server);
    }

    private void accept(OutputStream out, byte[] answer) throws IOException {
        byte[] both = Arrays.copyOf(answer, answer.length + behind.length);
        System.arraycopy(behind, 0, both, answer.length, behind.length);
        out.write(both);
    }

    private Socket connect(String host, int port) throws IOException {
        targets.add(host + ":" + port);
        Socket server = new Socket(host, port);
        sockets.add(server);
        return server;
    }

    private void relay(Socket client, Socket server) throws IOException {
        run(() -> copy(server, client));
        copy(client, server);
    }

    private static void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] part = new byte[8192];
        int count = in.read(part);
        while (count >= 0) {
            out.write(part, 0, count);
            count = in.read(part);
        }
        to.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : new ArrayList<>(threads)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
