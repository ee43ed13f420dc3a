package io.portolan.sftp.server.internal.engine;

import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.guard.RateLimit;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What a session lends to its SFTP channels.
 *
 * @param files what the user may see; not closed by the channel
 * @param home where relative paths begin
 * @param workers what runs the lanes
 * @param events whom to tell of transfers and changes
 * @param rateLimit for the content of files, both ways
 * @param progressInterval how often listeners are told of a transfer's progress; zero for never
 * @param limits what a channel may have
 * @param policy what the server shares between its sessions, and what it tells
 */
public record SftpServices(
        VirtualFileSystem files,
        VirtualPath home,
        Executor workers,
        SessionEvents events,
        RateLimit rateLimit,
        Duration progressInterval,
        SftpLimits limits,
        SftpPolicy policy) {

    /** With a policy of its own, so that locks are seen in this session only. */
    public SftpServices(
            VirtualFileSystem files,
            VirtualPath home,
            Executor workers,
            SessionEvents events,
            RateLimit rateLimit,
            Duration progressInterval,
            SftpLimits limits) {
        this(files, home, workers, events, rateLimit, progressInterval, limits, SftpPolicy.create());
    }
}
