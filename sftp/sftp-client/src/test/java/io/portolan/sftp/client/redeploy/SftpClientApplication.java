package io.portolan.sftp.client.redeploy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.sftp.server.SftpServer;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import io.portolan.transport.TransportKind;
import io.portolan.transport.TransportOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** What a web application would do: moves files by a client on each transport that is there, and closes it while a session is open. */
public final class SftpClientApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        Path folder = Files.createTempDirectory("redeploy");
        for (TransportKind kind : new TransportKind[] {TransportKind.AUTO, TransportKind.NIO}) {
            answers.append(visit(kind, folder));
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

    private static String visit(TransportKind kind, Path folder) throws Exception {
        try (SftpServer server = SftpServer.builder()
                        .port(0)
                        .hostKeyFile(folder.resolve("host_key"))
                        .user("al", "secret")
                        .files(InMemoryFileSystem.create())
                        .start();
                SftpClient client = SftpClient.builder()
                        .host("localhost")
                        .port(server.port())
                        .user("al", "secret")
                        .hostKeys(
                                HostKeys.inFiles(folder.resolve("known_hosts")).acceptingNew())
                        .transport(TransportOptions.builder().kind(kind).build())
                        .build()) {
            client.connectBlocking();
            try (BlockingSftpSession session = client.connectBlocking()) {
                session.upload(
                        TransferSource.fromBytes("ahoy".getBytes(StandardCharsets.UTF_8)),
                        "/file",
                        UploadOptions.defaults());
                ByteSink sink = TransferSink.toBytes(100);
                session.download("/file", sink, DownloadOptions.defaults());
                return new String(sink.bytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
