package io.portolan.examples.embedding;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.server.SftpServer;
import java.io.IOException;
import java.nio.file.Path;

/** A folder, served by SFTP until Enter is pressed. */
public final class HelloSftpServer {

    private HelloSftpServer() {}

    /**
     * Serves the folder {@code files}.
     *
     * @param args none
     * @throws IOException if the folder cannot be served
     */
    public static void main(String[] args) throws IOException {
        // tag::sftp[]
        SftpServer server = SftpServer.builder()
                .port(Integer.getInteger("port", 2222))
                .hostKeyFile(Path.of("host_key"))
                .user("alice", "secret")
                .files(PathFileSystem.of(Path.of("files")))
                .start();
        System.in.read();
        server.close();
        // end::sftp[]
    }
}
