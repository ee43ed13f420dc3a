package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.SftpSession;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One large file: how fast it goes, and what it costs. */
final class SftpLargeFile extends SftpWorkload {

    private static final double GIBIBYTE = 1L << 30;
    private static final String UPLOADED = Data.INCOMING + "/upload.bin";

    private final SftpCipher cipher;
    private final String command;
    private final boolean upload;
    private final Metric speed;
    private final Metric cpu;

    private SftpLargeFile(
            Sizes sizes, SftpCipher cipher, String way, String command, Metric.Builder speed, Metric.Builder cpu) {
        super(way + cipher.suffix(), sizes);
        this.cipher = cipher;
        this.command = command;
        this.upload = way.equals("upload");
        this.speed = speed.build();
        this.cpu = cpu.build();
    }

    /** To where nothing is kept. */
    static SftpLargeFile download(Sizes sizes, SftpCipher cipher) {
        String title = "SFTP download" + cipher.title();
        Metric.Builder speed = Metric.more(title, "MB/s").atLeastBestNative(cipher.downloadOverNative());
        Metric.Builder cpu = Metric.less(title + ", server CPU", "s/GiB");
        if (cipher == SftpCipher.CHACHA) {
            speed.timesBetterThanJava(2);
        }
        if (cipher == SftpCipher.GCM) {
            cpu.atMostBestNative(0.6);
        }
        return new SftpLargeFile(sizes, cipher, "download", "get " + Data.BIG + " /dev/null", speed, cpu);
    }

    /** Under a name that is not there yet. */
    static SftpLargeFile upload(Sizes sizes, SftpCipher cipher) {
        String title = "SFTP upload" + cipher.title();
        return new SftpLargeFile(
                sizes,
                cipher,
                "upload",
                "put " + Data.BIG + " " + UPLOADED,
                Metric.more(title, "MB/s").atLeastBestNative(1.3).timesBetterThanJava(4),
                Metric.less(title + ", server CPU", "s/GiB").atMostBestNative(0.6));
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        Data.clear(data.incoming());
        double seconds;
        double used;
        try (SftpSession session = session(peer, data, cipher.options())) {
            session.run("lcd " + data.root());
            ProcessTree.Cpu before = processes.cpu();
            seconds = session.run(command).seconds();
            used = processes.secondsSince(before);
        }
        if (upload) {
            checkArrived(peer, data.incoming().resolve("upload.bin"));
            Data.clear(data.incoming());
        }
        processes.awaitQuiet();
        return List.of(
                new Figure(speed, sizes().bigFile() / LargeFile.MEGABYTE / seconds),
                new Figure(cpu, used * GIBIBYTE / sizes().bigFile()));
    }

    private void checkArrived(RunningPeer peer, Path arrived) throws IOException {
        if (Files.size(arrived) != sizes().bigFile()) {
            throw new IOException(peer.name() + " has " + Files.size(arrived) + " bytes of " + sizes().bigFile());
        }
    }
}
