package io.portolan.examples.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pure-FTPd, with a virtual account. */
public final class PureFtpdPeer extends NativePeer {

    /** Entries and depth of a listing: more than a workload has. */
    private static final String LISTING_LIMITS = "100000:5";

    public PureFtpdPeer(@Nullable Path unpacked) {
        super("pure-ftpd", unpacked);
    }

    @Override
    List<String> command(Path root, Path scratch, int port, Certificate certificate)
            throws IOException, InterruptedException {
        Path accounts = scratch.resolve("accounts");
        Path database = scratch.resolve("accounts.pdb");
        Files.writeString(
                accounts, "%s:%s:%d:%d::%s/./::::::::::::%n".formatted(USER, HASH, RUN_AS_ID, RUN_AS_ID, root));
        List<String> making =
                List.of(binary("bin", "pure-pw").toString(), "mkdb", database.toString(), "-f", accounts.toString());
        Process maker = builder(making, scratch)
                .redirectErrorStream(true)
                .redirectOutput(scratch.resolve("pure-pw.out").toFile())
                .start();
        if (maker.waitFor() != 0) {
            throw new IOException("pure-pw failed; see " + scratch.resolve("pure-pw.out"));
        }
        return List.of(
                binary("sbin", "pure-ftpd").toString(),
                "--bind",
                "127.0.0.1," + port,
                "--login",
                "puredb:" + database,
                "--pidfile",
                scratch.resolve("pid").toString(),
                "--chrooteveryone",
                "--noanonymous",
                "--dontresolve",
                "--tls",
                "1",
                "--certfile",
                certificate.both().toString(),
                "--maxclientsnumber",
                "20000",
                "--maxidletime",
                "60",
                "--limitrecursion",
                LISTING_LIMITS);
    }
}
