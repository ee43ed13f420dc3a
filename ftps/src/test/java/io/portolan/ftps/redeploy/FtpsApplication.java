package io.portolan.ftps.redeploy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.testing.TlsSocket;
import io.portolan.ftps.testing.TrustsEverybody;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** What a web application would do: starts a server with each engine, serves clients over TLS, changes the keys, stops while clients are in the middle of something. */
public final class FtpsApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        for (TlsEngine engine : new TlsEngine[] {TlsEngine.BORINGSSL, TlsEngine.JDK}) {
            ServerTls tls = ServerTls.builder()
                    .keys(TlsKeys.selfSigned())
                    .engine(engine)
                    .build();
            Socket unfinished;
            try (FtpServer server = FtpServer.builder()
                    .port(0)
                    .implicitPort(0)
                    .securityMechanism(tls)
                    .user("al", "secret")
                    .files(InMemoryFileSystem.create())
                    .start()) {
                answers.append(visit(server.addresses().get(1).getPort()));
                tls.reload(TlsKeys.selfSigned());
                answers.append(visit(server.addresses().get(1).getPort()));
                unfinished = new Socket(
                        InetAddress.getLoopbackAddress(),
                        server.addresses().get(1).getPort());
                unfinished.getOutputStream().write(22);
            }
            unfinished.close();
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith(TransportOptions.DEFAULT_THREAD_NAME_PREFIX))
                    .findAny()
                    .ifPresent(name -> {
                        throw new IllegalStateException("after close() there is a thread " + name);
                    });
        }
        if (!answers.toString().equals("ahoy".repeat(4))) {
            throw new IllegalStateException("the clients got " + answers);
        }
        return answers.toString();
    }

    private static String visit(int port) throws Exception {
        SSLContext context = TrustsEverybody.context();
        try (Socket control = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Tls tls = new Tls(control, context, port);
            tls.expect("220");
            tls.say("USER al", "331");
            tls.say("PASS secret", "230");
            tls.say("TYPE I", "200");
            try (Socket data = passive(tls)) {
                tls.say("STOR file", "150");
                Tls upload = new Tls(data, context, port);
                upload.write("ahoy".getBytes(StandardCharsets.UTF_8));
                upload.end();
                tls.expect("226");
            }
            try (Socket data = passive(tls)) {
                tls.say("RETR file", "150");
                String got = new Tls(data, context, port).readAll();
                tls.expect("226");
                return got;
            }
        }
    }

    private static Socket passive(Tls control) throws IOException {
        String reply = control.say("EPSV", "229");
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(reply.replaceAll(".*\\|\\|\\|(\\d+)\\|.*", "$1")));
    }

    /** The JDK's client, with the control connection's session on all connections. */
    private static final class Tls {
        private final TlsSocket socket;

        Tls(Socket raw, SSLContext context, int port) throws IOException {
            SSLEngine engine = context.createSSLEngine("localhost", port);
            engine.setUseClientMode(true);
            socket = new TlsSocket(raw, engine).handshake();
        }

        String say(String line, String code) throws IOException {
            socket.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            return expect(code);
        }

        String expect(String code) throws IOException {
            StringBuilder line = new StringBuilder();
            int octet = socket.read();
            while (octet >= 0 && octet != '\n') {
                line.append((char) octet);
                octet = socket.read();
            }
            if (!line.toString().startsWith(code)) {
                throw new IOException("not " + code + ": " + line);
            }
            return line.toString().strip();
        }

        void write(byte[] bytes) throws IOException {
            socket.write(bytes);
        }

        void end() throws IOException {
            socket.closeNotify();
            readAll();
        }

        String readAll() throws IOException {
            return new String(socket.readAll(), StandardCharsets.UTF_8);
        }
    }
}
