package io.portolan.examples.embedding;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;

/** The FTP client that the JDK has had all along. */
final class Ftp {

    private Ftp() {}

    static String get(int port, String path) throws IOException {
        try (InputStream in = open(port, path).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void put(int port, String path, String content) throws IOException {
        try (OutputStream out = open(port, path).getOutputStream()) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static URLConnection open(int port, String path) throws IOException {
        return URI.create("ftp://alice:secret@127.0.0.1:" + port + path + ";type=i")
                .toURL()
                .openConnection();
    }
}
