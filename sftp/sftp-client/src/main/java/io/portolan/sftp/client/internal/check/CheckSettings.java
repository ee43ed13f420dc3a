package io.portolan.sftp.client.internal.check;

import io.portolan.sftp.client.SftpTimeouts;
import io.portolan.sftp.client.internal.auth.LoginSettings;
import io.portolan.sftp.client.internal.connect.ConnectSettings;
import io.portolan.sftp.client.internal.connect.ConnectionWatch;
import io.portolan.sftp.client.internal.connect.Hop;
import io.portolan.sftp.client.internal.hostkey.HostKeySettings;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.transport.TransportOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be checked, and how long that may take. */
public record CheckSettings(
        String host,
        int port,
        String user,
        LoginSettings login,
        HostKeySettings hostKeys,
        SshAlgorithms algorithms,
        Optional<String> uploadPath,
        Duration connectTime,
        Duration replyTime,
        Duration limit) {

    String endpoint() {
        return "sftp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The connection that a client would make. */
    ConnectSettings connection(ConnectionWatch watch) {
        return new ConnectSettings(
                List.of(new Hop(host, port, user, login, hostKeys)),
                algorithms,
                new SftpTimeouts(connectTime, replyTime, replyTime, replyTime),
                Duration.ZERO,
                RekeyLimits.STANDARD,
                Optional.empty(),
                text -> {},
                watch);
    }

    /** One connection needs no more threads. */
    static TransportOptions transport() {
        return TransportOptions.builder().eventLoopThreads(1).workerThreads(2).build();
    }

    @Override
    public String toString() {
        return endpoint();
    }
}
