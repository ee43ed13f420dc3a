package io.portolan.ftp.client.redeploy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DataMode;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.server.FtpServer;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** What a web application would do: moves files by a client on each transport that is there and in each data mode, and closes it while a session is open. */
public final class FtpClientApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        for (TransportKind kind : new TransportKind[] {TransportKind.AUTO, TransportKind.NIO}) {
            for (DataMode mode : DataMode.values()) {
                answers.append(visit(kind, mode));
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith(TransportOptions.DEFAULT_THREAD_NAME_PREFIX))
                        .findAny()
                        .ifPresent(name -> {
                            throw new IllegalStateException("after close() there is a thread " + name);
                        });
            }
        }
        if (!answers.toString().equals("ahoy".repeat(2 * DataMode.values().length))) {
            throw new IllegalStateException("the client got " + answers);
        }
        return answers.toString();
    }

    private static String visit(TransportKind kind, DataMode mode) throws Exception {
        try (FtpServer server = FtpServer.builder()
                        .port(0)
                        .user("al", "secret")
                        .files(InMemoryFileSystem.create())
                        .start();
                FtpClient client = FtpClient.builder()
                        .host("localhost")
                        .port(server.port())
                        .user("al", "secret")
                        .dataMode(mode)
                        .transport(TransportOptions.builder().kind(kind).build())
                        .build()) {
            client.connectBlocking();
            try (BlockingFtpSession session = client.connectBlocking()) {
                session.upload(
                        TransferSource.fromBytes("ahoy".getBytes(StandardCharsets.UTF_8)),
                        "/file",
                        UploadOptions.defaults());
                ByteSink sink = TransferSink.toBytes(100);
                session.download("/file", sink, DownloadOptions.defaults());
                if (session.list("/").size() != 1) {
                    throw new IllegalStateException("the file is not listed");
                }
                return new String(sink.bytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
