package io.portolan.examples.embedding;

import io.portolan.ftp.client.FtpBatch;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpMirror;
import io.portolan.ftp.client.SegmentedDownload;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A directory, a list of files, and one that is large, each over several connections. */
final class ManyFiles {

    private ManyFiles() {}

    static void fetch(FtpClient client, Path folder, List<FtpBatch.Job> jobs) throws IOException {
        // tag::many[]
        MirrorResult mirrored =
                FtpMirror.between(client, "/pub", folder.resolve("pub")).download();
        FtpBatch.Result moved = FtpBatch.over(client).withConnections(8).run(jobs);
        SegmentedDownload.of(client, "/images/disk.iso", folder.resolve("disk.iso"))
                .run();
        System.out.println(mirrored + "; " + moved.failures());
        // end::many[]
    }
}
