package io.portolan.guard;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

enum NoLoginGuard implements LoginGuard {
    INSTANCE;

    @Override
    public boolean allowed(InetAddress source) {
        return true;
    }

    @Override
    public Duration failed(InetAddress source, String user) {
        return Duration.ZERO;
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
