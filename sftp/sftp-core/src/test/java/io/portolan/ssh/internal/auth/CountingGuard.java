package io.portolan.ssh.internal.auth;

import io.portolan.guard.LoginGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A guard that counts the failures that it is told of. */
final class CountingGuard implements LoginGuard {

    private final AtomicInteger told;
    boolean open = true;

    CountingGuard(AtomicInteger told) {
        this.told = told;
    }

    @Override
    public boolean allowed(InetAddress source) {
        return open;
    }

    @Override
    public Duration failed(InetAddress source, String user) {
        told.incrementAndGet();
        return Duration.ofMillis(500);
    }

    @Override
    public void succeeded(InetAddress source, String user) {}

    @Override
    public boolean unban(InetAddress source) {
        return false;
    }

    @Override
    public List<Ban> bans() {
        return List.of();
    }
}
