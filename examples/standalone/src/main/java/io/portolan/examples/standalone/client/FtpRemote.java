package io.portolan.examples.standalone.client;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpMirror;
import io.portolan.ftp.client.SegmentedDownload;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** An FTP server, by the FTP client. */
final class FtpRemote implements Remote {

    private final FtpClient client;
    private final Duration abort;

    FtpRemote(FtpClient client, Duration abort) {
        this.client = client;
        this.abort = abort;
    }

    @Override
    public Connection connect() throws IOException {
        try {
            BlockingFtpSession session = client.connectBlocking();
            return new FtpConnection(session, abort);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new TroubleException(FtpTrouble.connecting(e), e);
        }
    }

    @Override
    public MirrorResult mirrorDown(String from, Path to, Mirroring how) throws IOException {
        FtpMirror mirror = mirror(from, to, how);
        return how.dryRun() ? mirror.planDownload().counts() : mirror.download();
    }

    @Override
    public MirrorResult mirrorUp(Path from, String to, Mirroring how) throws IOException {
        FtpMirror mirror = mirror(to, from, how);
        return how.dryRun() ? mirror.planUpload().counts() : mirror.upload();
    }

    private FtpMirror mirror(String remote, Path local, Mirroring how) {
        return FtpMirror.between(client, remote.isEmpty() ? "." : remote, local)
                .withOptions(how.options())
                .withListener(how.listener());
    }

    @Override
    public long fetchInParts(String path, Path target, int connections, Check check) throws IOException {
        SegmentedDownload download = SegmentedDownload.of(client, path, target).withConnections(connections);
        // what is put together from parts is worth a hash where the server tells one, also if nobody has asked for it
        return (check == Check.NONE ? download : download.withVerification(FtpConnection.verification(check)))
                .run()
                .octets();
    }

    /** FTP can begin in the middle of a file, and several connections that write to one are no custom of its servers. */
    @Override
    public boolean storesInParts() {
        return false;
    }

    @Override
    public long storeInParts(Path source, String path, int connections, Check check) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Trouble explain(IOException failure) {
        return FtpTrouble.of(failure);
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
