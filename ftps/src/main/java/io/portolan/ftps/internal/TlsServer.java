package io.portolan.ftps.internal;

import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of one server. */
final class TlsServer implements ServerSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);

    /** The content type of handshake messages, with which a client hello begins (RFC 8446 §5.1); no command does. */
    private static final int HANDSHAKE_RECORD = 22;

    private final ServerTlsSettings settings;
    private final TlsContext context;

    private TlsServer(ServerTlsSettings settings, TlsContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** Called on a thread of the server's, as BoringSSL leaves traces on those that call it. */
    static TlsServer open(ServerTlsSettings settings) throws IOException {
        TlsContext context = TlsContexts.make(settings);
        LOG.info("TLS by {}", context);
        return new TlsServer(settings, context);
    }

    @Override
    public Set<String> names() {
        return ServerTlsMechanism.NAMES;
    }

    @Override
    public Set<ProtectionLevel> dataLevels() {
        return ServerTlsMechanism.DATA_LEVELS;
    }

    @Override
    public SessionSecurity begin(String name) {
        return new TlsSession(settings, context.begin());
    }

    @Override
    public boolean isRequiredForLogin() {
        return settings.requiredForLogin();
    }

    @Override
    public boolean isRequiredForData() {
        return settings.requiredForData();
    }

    @Override
    public boolean isClearingAllowed() {
        return settings.clearControl();
    }

    @Override
    public boolean isProtected(int firstOctet) {
        return firstOctet == HANDSHAKE_RECORD;
    }

    @Override
    public void close() {
        context.close();
    }
}
