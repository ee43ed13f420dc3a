package io.portolan.examples.embedding;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServer;
import java.io.IOException;
import java.nio.file.Path;

/** A folder, served until Enter is pressed. */
public final class HelloFtpServer {

    private HelloFtpServer() {}

    /**
     * Serves the folder {@code files}.
     *
     * @param args none
     * @throws IOException if the folder cannot be served
     */
    public static void main(String[] args) throws IOException {
        // tag::server[]
        try (FtpServer server = FtpServer.builder()
                .port(Integer.getInteger("port", 2121))
                .user("alice", "secret")
                .files(PathFileSystem.of(Path.of("files")))
                .start()) {
            System.out.println("ftp://127.0.0.1:" + server.port() + "/ until Enter is pressed");
            System.in.read();
        }
        // end::server[]
    }
}
