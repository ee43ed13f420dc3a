package io.portolan.examples.benchmarks.client;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpMirror;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Portolan as applications use it: a client for each account, sessions that block, and for several connections a mirror. */
final class PortolanLibrary implements ClientMain.Library {

    private final Map<Account, FtpClient> clients = new HashMap<>();

    @Override
    public void prepare(Account account) {
        var unused = client(account);
    }

    private FtpClient client(Account account) {
        return clients.computeIfAbsent(account, PortolanLibrary::build);
    }

    private static FtpClient build(Account account) {
        FtpClient.Builder builder =
                FtpClient.builder().host(Account.HOST).port(account.port()).user(account.user(), account.password());
        if (account.tls()) {
            // the certificate is nobody's
            builder.securityMechanism(
                    ClientTls.builder().trust(ServerTrust.insecureTrustAnyone()).build());
        }
        return builder.build();
    }

    @Override
    public long run(Task task) throws IOException {
        if (task.connections() > 1) {
            mirror(task);
            return 0;
        }
        try (BlockingFtpSession session = client(task.account()).connectBlocking()) {
            switch (task.kind()) {
                case DOWNLOAD -> session.download(task.remote(), task.local());
                case UPLOAD -> session.upload(task.local(), task.remote());
                case DOWNLOAD_MANY -> {
                    for (String name : task.names()) {
                        session.download(
                                task.remote() + "/" + name, task.local().resolve(name));
                    }
                }
                case UPLOAD_MANY -> {
                    for (String name : task.names()) {
                        session.upload(task.local().resolve(name), task.remote() + "/" + name);
                    }
                }
                case LIST -> {
                    long entries = 0;
                    for (int i = 0; i < task.count(); i++) {
                        entries += session.list(task.remote()).size();
                    }
                    return entries / task.count();
                }
                case SESSIONS -> throw new IllegalArgumentException("not measured");
                case STREAM -> {
                    try (Stream<?> entries = session.async().list(task.remote()).stream()) {
                        return entries.count();
                    }
                }
            }
            return 0;
        }
    }

    private void mirror(Task task) throws IOException {
        FtpMirror mirror = FtpMirror.between(client(task.account()), task.remote(), task.local())
                .withOptions(
                        MirrorOptions.builder().parallel(task.connections()).build());
        MirrorResult result = task.kind() == Task.Kind.UPLOAD_MANY ? mirror.upload() : mirror.download();
        if (result.copied() != task.count()) {
            throw new IOException(result.toString());
        }
    }

    @Override
    public void close() {
        clients.values().forEach(FtpClient::close);
    }
}
