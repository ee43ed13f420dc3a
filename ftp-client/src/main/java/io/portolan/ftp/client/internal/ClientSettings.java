package io.portolan.ftp.client.internal;

import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.proxy.Proxy;
import io.portolan.core.internal.security.ClientMechanism;
import io.portolan.ftp.client.DataMode;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpTimeouts;
import io.portolan.guard.RateLimit;
import io.portolan.ports.PortRange;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a client was built with, checked.
 *
 * @param login who logs in
 * @param mechanism what protects connections; empty for a scheme in the clear
 * @param virtualHost what HOST is told
 * @param clientName what CLNT is told
 * @param serverZone the zone of the times in listings that do not tell one
 * @param activePorts where to listen in active mode
 * @param keepAlive how often to speak during a transfer
 * @param isPipelining whether commands may be sent ahead of replies
 * @param isCompressing whether to use MODE Z where the server has it
 */
public record ClientSettings(
        String host,
        int port,
        FtpScheme scheme,
        LoginData login,
        Optional<ClientMechanism> mechanism,
        FtpTimeouts timeouts,
        ControlCharset charset,
        Optional<String> virtualHost,
        Optional<String> clientName,
        ZoneId serverZone,
        DataMode dataMode,
        PortRange activePorts,
        Optional<Duration> keepAlive,
        boolean isPipelining,
        boolean isCompressing,
        RateLimit rateLimit,
        Optional<Proxy> proxy) {}
