package io.portolan.examples.standalone.client;

import io.portolan.mirror.MirrorResult;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpMirror;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** An SFTP server, by the SFTP client. */
final class SftpRemote implements Remote {

    private final SftpClient client;
    private final Duration abort;

    SftpRemote(SftpClient client, Duration abort) {
        this.client = client;
        this.abort = abort;
    }

    @Override
    public Connection connect() throws IOException {
        try {
            BlockingSftpSession session = client.connectBlocking();
            return new SftpConnection(session, abort);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new TroubleException(SftpTrouble.connecting(e), e);
        }
    }

    @Override
    public MirrorResult mirrorDown(String from, Path to, Mirroring how) throws IOException {
        SftpMirror mirror = mirror(from, to, how);
        return how.dryRun() ? mirror.planDownload().counts() : mirror.download();
    }

    @Override
    public MirrorResult mirrorUp(Path from, String to, Mirroring how) throws IOException {
        SftpMirror mirror = mirror(to, from, how);
        return how.dryRun() ? mirror.planUpload().counts() : mirror.upload();
    }

    private SftpMirror mirror(String remote, Path local, Mirroring how) {
        return SftpMirror.between(client, remote.isEmpty() ? "." : remote, local)
                .withOptions(how.options())
                .withListener(how.listener());
    }

    /** Over one, which has many requests on their way at a time: more of them would share the same line. */
    @Override
    public long fetchInParts(String path, Path target, int connections, Check check) throws IOException {
        try (Connection connection = connect()) {
            return connection.download(
                    path, TransferSink.toPath(target), new Connection.Transfer(false, check, TransferProgress.none()));
        }
    }

    @Override
    public Trouble explain(IOException failure) {
        return SftpTrouble.of(failure);
    }

    /** With a thread that may be interrupted, and stays so. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        client.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
