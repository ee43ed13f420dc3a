package io.portolan.ftp.server.internal.port;

import io.portolan.ftp.server.PassivePortStatistics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The allocator's numbers: written by its loop, read by anyone. */
final class PortCounters {

    final AtomicInteger ports = new AtomicInteger();
    final AtomicInteger busyPorts = new AtomicInteger();
    final AtomicInteger takenPorts = new AtomicInteger();
    final AtomicInteger listening = new AtomicInteger();
    final AtomicInteger leased = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
    final AtomicLong granted = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong strangers = new AtomicLong();

    PassivePortStatistics snapshot(int portsAtLeast) {
        int all = Math.max(portsAtLeast, ports.get());
        int free = Math.max(0, all - busyPorts.get() - takenPorts.get());
        return new PassivePortStatistics(
                all, free, listening.get(), leased.get(), waiting.get(), granted.get(), refused.get(), strangers.get());
    }
}
