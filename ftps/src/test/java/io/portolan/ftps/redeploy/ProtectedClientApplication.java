package io.portolan.ftps.redeploy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import io.portolan.transport.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** What a web application would do: moves files by a client with each engine, and closes it while a session is open. */
public final class ProtectedClientApplication implements Callable<String> {

    @Override
    public String call() throws Exception {
        StringBuilder answers = new StringBuilder();
        for (TlsEngine engine : new TlsEngine[] {TlsEngine.BORINGSSL, TlsEngine.JDK}) {
            TlsKeys keys = TlsKeys.selfSigned();
            ClientTls tls = ClientTls.builder()
                    .engine(engine)
                    .trust(ServerTrust.fingerprints(keys.fingerprint()))
                    .build();
            try (FtpServer server = FtpServer.builder()
                            .port(0)
                            .securityMechanism(ServerTls.with(keys))
                            .user("al", "secret")
                            .files(InMemoryFileSystem.create())
                            .start();
                    FtpClient client = FtpClient.builder()
                            .host("127.0.0.1")
                            .port(server.addresses().get(0).getPort())
                            .user("al", "secret")
                            .scheme(FtpScheme.EXPLICIT_TLS)
                            .securityMechanism(tls)
                            .build()) {
                client.connectBlocking();
                try (BlockingFtpSession session = client.connectBlocking()) {
                    for (int i = 0; i < 2; i++) {
                        answers.append(exchange(session));
                    }
                }
            }
            Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith(TransportOptions.DEFAULT_THREAD_NAME_PREFIX))
                    .findAny()
                    .ifPresent(name -> {
                        throw new IllegalStateException("after close() there is a thread " + name);
                    });
        }
        if (!answers.toString().equals("ahoy".repeat(4))) {
            throw new IllegalStateException("the client got " + answers);
        }
        return answers.toString();
    }

    private static String exchange(BlockingFtpSession session) throws Exception {
        session.upload(
                TransferSource.fromBytes("ahoy".getBytes(StandardCharsets.UTF_8)), "/file", UploadOptions.defaults());
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        session.download("/file", TransferSink.toOutputStream(got), DownloadOptions.defaults());
        return got.toString(StandardCharsets.UTF_8);
    }
}
