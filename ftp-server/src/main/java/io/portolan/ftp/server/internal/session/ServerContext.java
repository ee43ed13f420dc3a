package io.portolan.ftp.server.internal.session;

import io.portolan.auth.Authenticator;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.fs.FileSystemFactory;
import io.portolan.ftp.server.FtpMessages;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.VirtualHost;
import io.portolan.ftp.server.internal.port.ActiveConnector;
import io.portolan.ftp.server.internal.port.ActiveModePolicy;
import io.portolan.ftp.server.internal.port.PassivePortAllocator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of a server have in common.
 *
 * @param config the settings
 * @param commands the verbs
 * @param workers where whatever may block is run
 * @param passivePorts where passive data connections come in
 * @param activeConnector makes active data connections
 * @param activePolicy decides which ones
 * @param mechanisms what AUTH can ask for
 * @param refusedCertificates client certificates behind which a password may still be said
 * @param defaultHost the server under no special name
 */
public record ServerContext(
        FtpServerConfig config,
        CommandTable commands,
        Executor workers,
        PassivePortAllocator passivePorts,
        ActiveConnector activeConnector,
        ActiveModePolicy activePolicy,
        List<ServerSecurity> mechanisms,
        RefusedCertificates refusedCertificates,
        Host defaultHost) {

    /**
     * One of the server's names: who may log in there, what they see, what they are told.
     *
     * @param name the name, or null for the server under no special name
     * @param authenticator who may log in
     * @param files what they see
     * @param messages what they are told
     */
    public record Host(
            @Nullable String name, Authenticator authenticator, FileSystemFactory files, FtpMessages messages) {}

    /** The same, but with active data connections from elsewhere. */
    public ServerContext withActiveConnector(ActiveConnector connector) {
        return new ServerContext(
                config,
                commands,
                workers,
                passivePorts,
                connector,
                activePolicy,
                mechanisms,
                refusedCertificates,
                defaultHost);
    }

    /** A virtual host, or null if there is none of that name. */
    public @Nullable Host host(String name) {
        VirtualHost host = config.virtualHosts().get(name.toLowerCase(Locale.ROOT));
        return host == null ? null : new Host(host.name(), host.authenticator(), host.files(), host.messages());
    }
}
