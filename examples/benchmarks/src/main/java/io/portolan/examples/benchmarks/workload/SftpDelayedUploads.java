package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.load.DelayedLink;
import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.SftpSession;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An upload over a long way: what counts is how much the server lets the client send before it answers. */
final class SftpDelayedUploads extends SftpWorkload {

    private final int roundTripMillis;
    private final Metric speed;

    SftpDelayedUploads(Sizes sizes, int roundTripMillis) {
        super("upload-" + roundTripMillis + "ms", sizes);
        this.roundTripMillis = roundTripMillis;
        this.speed = Metric.more("SFTP upload with " + roundTripMillis + " ms of delay", "MB/s")
                .atLeastBestNative(3)
                .build();
    }

    /** Waiting warms nothing up. */
    @Override
    public int warmUps(Peer.Kind kind) {
        return Math.min(2, sizes().warmUps());
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        Data.clear(data.incoming());
        double seconds;
        try (DelayedLink link = new DelayedLink(peer.address(), roundTripMillis);
                SftpSession session = SftpSession.open(
                        data.clients(), peer.user(), peer.key(), link.port(), SftpCipher.GCM.options())) {
            seconds = session.run("put " + data.medium() + " " + Data.INCOMING + "/upload.bin")
                    .seconds();
        }
        Path arrived = data.incoming().resolve("upload.bin");
        if (Files.size(arrived) != sizes().mediumFile()) {
            throw new IOException(peer.name() + " has " + Files.size(arrived) + " bytes of " + sizes().mediumFile());
        }
        Data.clear(data.incoming());
        processes.awaitQuiet();
        return List.of(new Figure(speed, sizes().mediumFile() / LargeFile.MEGABYTE / seconds));
    }
}
