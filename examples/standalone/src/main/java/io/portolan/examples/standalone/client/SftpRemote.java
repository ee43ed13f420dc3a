package io.portolan.examples.standalone.client;

import io.portolan.mirror.MirrorResult;
import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.SegmentedDownload;
import io.portolan.sftp.client.SegmentedUpload;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.client.SftpMirror;
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

    @Override
    public long fetchInParts(String path, Path target, int connections, Check check) throws IOException {
        SegmentedDownload download = SegmentedDownload.of(client, path, target).withConnections(connections);
        // what is put together from parts is worth a hash where the server tells one, also if nobody has asked for it
        return (check == Check.NONE ? download : download.withVerification(SftpConnection.verification(check)))
                .run()
                .octets();
    }

    @Override
    public boolean storesInParts() {
        return true;
    }

    @Override
    public long storeInParts(Path source, String path, int connections, Check check) throws IOException {
        SegmentedUpload upload = SegmentedUpload.of(client, source, path).withConnections(connections);
        return (check == Check.NONE ? upload : upload.withVerification(SftpConnection.verification(check)))
                .run()
                .octets();
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
