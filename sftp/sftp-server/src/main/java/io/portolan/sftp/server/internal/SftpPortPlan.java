package io.portolan.sftp.server.internal;

import io.portolan.ports.HostFacts;
import io.portolan.ports.PortNeed;
import io.portolan.ports.PortPlan;
import io.portolan.ports.PortPlanner;
import io.portolan.sftp.server.SftpServerConfig;

/** The ports of an SFTP server: one, for everything. */
public final class SftpPortPlan {

    private SftpPortPlan() {}

    /**
     * Makes the plan.
     *
     * @param config the settings
     * @param port the real port, or what was asked for
     * @param host what the operating system does with ports
     */
    public static PortPlan of(SftpServerConfig config, int port, HostFacts host) {
        return new PortPlanner(host)
                .need(PortNeed.listening(
                        "sessions",
                        "SFTP",
                        "ssh",
                        SftpServerConfig.STANDARD_PORT,
                        config.bindAddress().getAddress(),
                        port))
                .plan();
    }
}
