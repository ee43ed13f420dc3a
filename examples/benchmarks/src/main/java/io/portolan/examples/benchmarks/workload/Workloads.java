package io.portolan.examples.benchmarks.workload;

import java.util.List;

/** All that there are. */
public final class Workloads {

    private Workloads() {}

    /** In the order of the tables. */
    public static List<Workload> all(Sizes sizes) {
        return List.of(
                new Downloads(sizes, Protection.PLAIN),
                new Uploads(sizes, Protection.PLAIN),
                new Listings(sizes),
                new SmallFiles(sizes, SmallFiles.Direction.DOWN, Protection.PLAIN),
                new SmallFiles(sizes, SmallFiles.Direction.UP, Protection.PLAIN),
                new Logins(sizes),
                new IdleSessions(sizes),
                new Downloads(sizes, Protection.TLS),
                new Uploads(sizes, Protection.TLS),
                new SmallFiles(sizes, SmallFiles.Direction.DOWN, Protection.TLS),
                new SmallFiles(sizes, SmallFiles.Direction.UP, Protection.TLS),
                new SmallFiles(sizes, SmallFiles.Direction.DOWN, Protection.TLS12),
                new SmallFiles(sizes, SmallFiles.Direction.UP, Protection.TLS12),
                TlsHandshakes.full(sizes, Protection.TLS),
                TlsHandshakes.resumed(sizes, Protection.TLS),
                TlsHandshakes.full(sizes, Protection.TLS12),
                TlsHandshakes.resumed(sizes, Protection.TLS12),
                SftpLargeFile.download(sizes, SftpCipher.GCM),
                SftpLargeFile.upload(sizes, SftpCipher.GCM),
                SftpLargeFile.download(sizes, SftpCipher.CHACHA),
                SftpLargeFile.upload(sizes, SftpCipher.CHACHA),
                SftpLargeFile.download(sizes, SftpCipher.CTR),
                new SftpSmallFiles(sizes, SmallFiles.Direction.DOWN),
                new SftpSmallFiles(sizes, SmallFiles.Direction.UP),
                new SftpListings(sizes),
                new SftpLogins(sizes),
                new SftpIdleSessions(sizes),
                new SftpDelayedUploads(sizes, 50),
                new SftpDelayedUploads(sizes, 150));
    }
}
