package io.portolan.examples.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** Apache MINA SSHD's client, by its streams, which ask ahead. */
final class MinaLibrary implements ClientMain.Library {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What is read or written at a time. */
    private static final int BUFFER = 256 * 1024;

    private final SshClient client = SshClient.setUpDefaultClient();

    MinaLibrary() {
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.setCipherFactories(List.of(BuiltinCiphers.aes128gcm));
        client.start();
    }

    @Override
    public void prepare(Account account) {
        // nothing is kept between sessions
    }

    @Override
    public long run(Task task) throws Exception {
        KeyPair key = new FileKeyPairProvider(task.account().identity())
                .loadKeys(null)
                .iterator()
                .next();
        if (task.kind() == Task.Kind.SESSIONS) {
            return hold(task, key);
        }
        try (ClientSession session = connect(task.account(), key);
                SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
            switch (task.kind()) {
                case DOWNLOAD -> get(sftp, task.remote(), task.local());
                case UPLOAD -> put(sftp, task.local(), task.remote());
                case DOWNLOAD_MANY -> {
                    for (String name : task.names()) {
                        get(sftp, task.remote() + "/" + name, task.local().resolve(name));
                    }
                }
                case UPLOAD_MANY -> {
                    for (String name : task.names()) {
                        put(sftp, task.local().resolve(name), task.remote() + "/" + name);
                    }
                }
                case LIST -> {
                    List<SftpClient.DirEntry> entries = new ArrayList<>();
                    sftp.readDir(task.remote()).forEach(entries::add);
                    return entries.size();
                }
                case STREAM, SESSIONS -> throw new IllegalArgumentException("not measured");
            }
            return 0;
        }
    }

    private static void get(SftpClient sftp, String remote, Path local) throws IOException {
        try (InputStream in = sftp.read(remote);
                OutputStream out = Files.newOutputStream(local)) {
            copy(in, out);
        }
    }

    private static void put(SftpClient sftp, Path local, String remote) throws IOException {
        try (InputStream in = Files.newInputStream(local);
                OutputStream out = sftp.write(remote)) {
            copy(in, out);
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
    }

    private ClientSession connect(Account account, KeyPair key) throws IOException {
        ClientSession session = client.connect(account.user(), Account.HOST, account.port())
                .verify(LIMIT)
                .getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(LIMIT);
        return session;
    }

    private long hold(Task task, KeyPair key) throws IOException {
        List<ClientSession> sessions = new ArrayList<>();
        try {
            for (int i = 0; i < task.count(); i++) {
                ClientSession session = connect(task.account(), key);
                sessions.add(session);
                var unused = SftpClientFactory.instance().createSftpClient(session);
            }
            return Thread.activeCount();
        } finally {
            for (ClientSession session : sessions) {
                session.close();
            }
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
