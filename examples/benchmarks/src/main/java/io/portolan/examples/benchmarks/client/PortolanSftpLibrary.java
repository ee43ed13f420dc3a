package io.portolan.examples.benchmarks.client;

import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SegmentedUpload;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpSession;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Portolan as applications use it: a client for each account; many files are all asked for at once, and it has as many on their way as is good. */
final class PortolanSftpLibrary implements ClientMain.Library {

    private final Map<Account, SftpClient> clients = new HashMap<>();

    @Override
    public void prepare(Account account) {
        var unused = client(account);
    }

    private SftpClient client(Account account) {
        return clients.computeIfAbsent(account, PortolanSftpLibrary::build);
    }

    private static SftpClient build(Account account) {
        return SftpClient.builder()
                .host(Account.HOST)
                .port(account.port())
                .user(account.user(), account.identity())
                .hostKeys(HostKeys.of("").acceptingNew())
                .algorithms(SshAlgorithms.compatible().withCiphers(List.of(OpenSshClient.CIPHER)))
                .build();
    }

    @Override
    public long run(Task task) throws Exception {
        SftpClient client = client(task.account());
        if (task.kind() == Task.Kind.SESSIONS) {
            return hold(client, task.count());
        }
        if (task.kind() == Task.Kind.UPLOAD && task.connections() > 1) {
            SegmentedUpload.of(client, task.local(), task.remote())
                    .withConnections(task.connections())
                    .run();
            return 0;
        }
        try (BlockingSftpSession session = client.connectBlocking()) {
            switch (task.kind()) {
                case DOWNLOAD -> session.download(task.remote(), task.local());
                case UPLOAD -> session.upload(task.local(), task.remote());
                case DOWNLOAD_MANY, UPLOAD_MANY -> many(session.async(), task);
                case LIST -> {
                    return session.list(task.remote()).size();
                }
                case STREAM, SESSIONS -> throw new IllegalArgumentException("not measured");
            }
            return 0;
        }
    }

    private static void many(SftpSession session, Task task) {
        boolean down = task.kind() == Task.Kind.DOWNLOAD_MANY;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        for (String name : task.names()) {
            Path local = task.local().resolve(name);
            String remote = task.remote() + "/" + name;
            ends.add(
                    down
                            ? session.download(remote, TransferSink.toPath(local))
                                    .completion()
                            : session.upload(TransferSource.fromPath(local), remote)
                                    .completion());
        }
        ends.forEach(CompletableFuture::join);
    }

    private static long hold(SftpClient client, int count) throws IOException {
        List<BlockingSftpSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sessions.add(client.connectBlocking());
            }
            return Thread.activeCount();
        } finally {
            sessions.forEach(BlockingSftpSession::close);
        }
    }

    @Override
    public void close() {
        clients.values().forEach(SftpClient::close);
    }
}
