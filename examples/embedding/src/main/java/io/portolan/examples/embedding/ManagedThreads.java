package io.portolan.examples.embedding;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.transport.TransportOptions;
import java.util.concurrent.Executor;

/** A server whose file system, authenticator and listeners run on threads of the application server's. */
final class ManagedThreads {

    private ManagedThreads() {}

    static FtpServer start(Executor managedExecutor, VirtualFileSystem files, int port) {
        // tag::workers[]
        FtpServer server = FtpServer.builder()
                .port(port)
                .user("alice", "secret")
                .files(files)
                .transport(TransportOptions.builder().workers(managedExecutor).build())
                .start();
        // end::workers[]
        return server;
    }
}
