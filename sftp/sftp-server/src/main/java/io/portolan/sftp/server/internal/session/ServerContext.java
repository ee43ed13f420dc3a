package io.portolan.sftp.server.internal.session;

import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.SftpSessionLimits;
import io.portolan.sftp.server.internal.engine.LockTable;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.engine.SftpPolicy;
import io.portolan.ssh.internal.auth.UserAuthSettings;
import io.portolan.ssh.internal.connection.ConnectionSettings;
import io.portolan.ssh.internal.connection.WindowBudget;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.transport.HostKey;
import io.portolan.ssh.internal.transport.KeyExchangeLanes;
import io.portolan.ssh.internal.transport.RekeyLimits;
import io.portolan.ssh.internal.transport.TransportRole;
import io.portolan.ssh.internal.transport.TransportSettings;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What all sessions of a server share. Immutable, or safe for all threads.
 *
 * @param config the embedder's settings
 * @param workers what runs the lanes
 * @param random for padding, and for keys
 * @param role the host keys, in all forms in which they are offered
 * @param hostKeys the host keys, each once
 * @param transport settings of the key exchange
 * @param keyExchanges where keys are computed
 * @param login settings of the authentication
 * @param connection settings of the channels
 * @param windows what all channels share
 * @param limits of one channel
 * @param policy what all channels share, such as the locks of files
 */
public record ServerContext(
        SftpServerConfig config,
        Executor workers,
        SecureRandom random,
        TransportRole.Server role,
        List<SshKeyPair> hostKeys,
        TransportSettings transport,
        KeyExchangeLanes keyExchanges,
        UserAuthSettings login,
        ConnectionSettings connection,
        WindowBudget windows,
        SftpLimits limits,
        SftpPolicy policy) {

    /** Translates the embedder's settings into those of the layers. */
    public static ServerContext of(
            SftpServerConfig config,
            List<HostKey> offered,
            List<SshKeyPair> hostKeys,
            Executor workers,
            SecureRandom random) {
        SftpSessionLimits session = config.sessionLimits();
        UserAuthSettings.Builder logins = UserAuthSettings.builder()
                .maxAttempts(session.loginAttempts())
                .loginGrace(config.timeouts().login())
                .decisionTime(config.timeouts().decision())
                .banner(config.banner());
        config.loginChains().forEach(chain -> logins.chain(chain.toArray(LoginMethod[]::new)));
        UserAuthSettings login = logins.build();
        RekeyLimits rekey =
                new RekeyLimits(config.rekeyOctets(), RekeyLimits.STANDARD.packets(), config.rekeyInterval());
        return new ServerContext(
                config,
                workers,
                random,
                new TransportRole.Server(offered),
                List.copyOf(hostKeys),
                TransportSettings.of(config.algorithms(), rekey, login.keyAlgorithms()),
                new KeyExchangeLanes(workers),
                login,
                ConnectionSettings.defaults().withMaxChannels(session.channels()),
                WindowBudget.ofHeap(),
                new SftpLimits(
                        session.openHandles(), session.outstandingRequests(), SftpLimits.DEFAULT.outstandingOctets()),
                new SftpPolicy(new LockTable(), config.tellsSpace(), config.tellsNames()));
    }
}
