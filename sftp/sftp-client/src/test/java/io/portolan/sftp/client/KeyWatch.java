package io.portolan.sftp.client;

import io.portolan.sftp.client.internal.connect.ConnectionWatch;
import io.portolan.ssh.internal.kex.Negotiation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the connections of a client have agreed on. */
public final class KeyWatch implements ConnectionWatch {

    private final List<Negotiation> first = new CopyOnWriteArrayList<>();
    private final List<Negotiation> renewed = new CopyOnWriteArrayList<>();
    private final List<Integer> verified = new CopyOnWriteArrayList<>();

    /** Watches the clients of these settings from now on. */
    public static KeyWatch of(SftpClient.Builder settings) {
        KeyWatch watch = new KeyWatch();
        settings.watchedBy(watch);
        return watch;
    }

    @Override
    public void verified(Negotiation agreed, String host) {
        first.add(agreed);
    }

    @Override
    public void renewed(Negotiation agreed, int times) {
        renewed.add(agreed);
        verified.add(times);
    }

    /** How often the host had been verified, each time that keys were exchanged once more. */
    public List<Integer> verified() {
        return verified;
    }

    /** When the connections began. */
    public List<Negotiation> first() {
        return first;
    }

    /** Each time that keys were exchanged once more. */
    public List<Negotiation> renewed() {
        return renewed;
    }
}
