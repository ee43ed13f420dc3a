package io.portolan.ftps.internal;

import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.ClientSessionSecurity;
import io.portolan.core.internal.security.SecurityThreads;
import java.io.IOException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of one client. */
final class TlsClient implements ClientSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(TlsClient.class);

    private final ClientTlsSettings settings;
    private final ClientContext context;

    private TlsClient(ClientTlsSettings settings, ClientContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** Called on the client's house thread, as BoringSSL leaves traces on threads that call it. */
    static TlsClient open(ClientTlsSettings settings, SecurityThreads threads) throws IOException {
        ClientContext context = ClientContexts.make(settings, threads.workers());
        LOG.info("TLS by {}", context);
        return new TlsClient(settings, context);
    }

    @Override
    public ClientSessionSecurity begin(String host, int port) {
        String name = bare(host);
        try {
            return new ClientTlsSession(
                    context.begin(name, port),
                    settings.handshakeTimeout(),
                    new HandshakeFailures(
                            name,
                            port,
                            settings.handshakeTimeout(),
                            settings.keys().isPresent()));
        } catch (SSLException e) {
            throw new IllegalStateException("a context of TLS could be made before, and now cannot", e);
        }
    }

    /** As certificates have addresses: without the brackets of URLs, and without what only this machine calls its interface. */
    private static String bare(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        int zone = bare.indexOf('%');
        return zone >= 0 && bare.indexOf(':') >= 0 ? bare.substring(0, zone) : bare;
    }

    @Override
    public boolean isDataProtected() {
        return settings.dataProtected();
    }

    @Override
    public boolean isControlCleared() {
        return settings.controlCleared();
    }

    /** Each session has a context of its own. */
    @Override
    public void close() {}
}
