package io.portolan.sftp.client.internal.connect;

import io.portolan.core.internal.proxy.Proxy;
import io.portolan.sftp.client.SftpTimeouts;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.transport.RekeyLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How connections are made. Immutable.
 *
 * @param hops the servers on the way, and last the one that is meant
 * @param algorithms what is proposed to all of them
 * @param timeouts how long is waited for what
 * @param keepAlive how long a server may be silent until it is asked whether it is there; zero for ever
 * @param rekey when keys are renewed
 * @param proxy through which the first of them is reached
 * @param banner hears what servers say before they let anybody in
 * @param watch hears how connections come about
 */
public record ConnectSettings(
        List<Hop> hops,
        SshAlgorithms algorithms,
        SftpTimeouts timeouts,
        Duration keepAlive,
        RekeyLimits rekey,
        Optional<Proxy> proxy,
        Consumer<String> banner,
        ConnectionWatch watch) {

    public ConnectSettings {
        hops = List.copyOf(hops);
    }

    /** Whose address is to be found out. */
    String firstHost() {
        return proxy.map(Proxy::host).orElse(hops.get(0).host());
    }

    /** The server that is meant. */
    public Hop target() {
        return hops.get(hops.size() - 1);
    }
}
