package io.portolan.ftp.server.redeploy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.session.SessionListener;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** What a web application would do: starts a server on each transport that is there, serves a client, stops. */
public final class FtpServerApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        for (TransportKind kind : new TransportKind[] {TransportKind.AUTO, TransportKind.NIO}) {
            try (FtpServer server = FtpServer.builder()
                    .port(0)
                    .user("al", "secret")
                    .files(InMemoryFileSystem.create())
                    .listener(new SessionListener() {})
                    .transport(TransportOptions.builder().kind(kind).build())
                    .start()) {
                put(server.port(), "ahoy");
                answers.append(get(server.port()));
            }
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith(TransportOptions.DEFAULT_THREAD_NAME_PREFIX))
                    .findAny()
                    .ifPresent(name -> {
                        throw new IllegalStateException("after close() there is a thread " + name);
                    });
        }
        if (!answers.toString().equals("ahoyahoy")) {
            throw new IllegalStateException("the client got " + answers);
        }
        return answers.toString();
    }

    private static void put(int port, String content) throws IOException {
        try (OutputStream out = open(port).getOutputStream()) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String get(int port) throws IOException {
        try (InputStream in = open(port).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The JDK's own client, as an application loader that holds another one's would prove nothing. */
    private static URLConnection open(int port) throws IOException {
        return URI.create("ftp://al:secret@127.0.0.1:" + port + "/file;type=i")
                .toURL()
                .openConnection();
    }
}
