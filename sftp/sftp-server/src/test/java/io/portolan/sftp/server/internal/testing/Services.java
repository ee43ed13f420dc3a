package io.portolan.sftp.server.internal.testing;

import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.guard.RateLimit;
import io.portolan.session.SessionListener;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.engine.SftpServices;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/** What a session would lend to the engine. */
public final class Services {

    private Services() {}

    /** With nobody listening. */
    public static SftpServices of(VirtualFileSystem files, Executor workers) {
        return of(files, workers, SftpLimits.DEFAULT, List.of());
    }

    /** With limits and listeners. */
    public static SftpServices of(
            VirtualFileSystem files, Executor workers, SftpLimits limits, List<SessionListener> listeners) {
        return new SftpServices(
                files,
                VirtualPath.root(),
                workers,
                new SessionEvents(listeners, new TestSession(), new WorkerLane(workers)),
                RateLimit.unlimited(),
                Duration.ZERO,
                limits);
    }
}
