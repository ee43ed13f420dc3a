package io.portolan.ftps.internal;

import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.guard.ConnectionGate;
import io.portolan.guard.ConnectionLimits;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of one server. */
final class TlsServer implements ServerSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(TlsServer.class);

    /** Handshakes of control connections that are not done yet, in all: as many as a machine has done by the time that the last one would be given up. */
    static final int MAX_HANDSHAKES = 2048;

    /** The same from one address: more than the clients behind one address begin at a time, and too few for one of them to keep the others out. */
    static final int MAX_HANDSHAKES_PER_ADDRESS = 64;

    /** The content type of handshake messages, with which a client hello begins (RFC 8446 §5.1); no command does. */
    private static final int HANDSHAKE_RECORD = 22;

    private final ServerTlsSettings settings;
    private final SecurityThreads threads;
    private final Consumer<TlsServer> whenClosed;
    private final ConnectionGate handshakes = new ConnectionGate(ConnectionLimits.builder()
            .total(MAX_HANDSHAKES)
            .perAddress(MAX_HANDSHAKES_PER_ADDRESS)
            .build());

    /** Guarded by this: sessions begin on several event loops, and keys are changed on the house thread. */
    private TlsContext context;

    private TlsServer(
            ServerTlsSettings settings, SecurityThreads threads, TlsContext context, Consumer<TlsServer> whenClosed) {
        this.settings = settings;
        this.threads = threads;
        this.context = context;
        this.whenClosed = whenClosed;
    }

    /** Called on the server's house thread, as BoringSSL leaves traces on threads that call it. */
    static TlsServer open(ServerTlsSettings settings, SecurityThreads threads, Consumer<TlsServer> whenClosed)
            throws IOException {
        TlsContext context = TlsContexts.make(settings, threads.workers());
        LOG.info("TLS by {}", context);
        return new TlsServer(settings, threads, context, whenClosed);
    }

    /** Makes a context with other keys. */
    CompletableFuture<TlsContext> prepare(ServerTlsSettings changed) {
        return threads.onHouse(() -> TlsContexts.make(changed, threads.workers()));
    }

    /** Takes a prepared context for what begins from now on. */
    CompletableFuture<TlsContext> use(TlsContext prepared) {
        return threads.onHouse(() -> {
            TlsContext before;
            synchronized (this) {
                before = context;
                context = prepared;
            }
            before.close();
            LOG.info("The keys of TLS have been changed");
            return prepared;
        });
    }

    /** Lets a prepared context go. */
    CompletableFuture<TlsContext> drop(TlsContext prepared) {
        return threads.onHouse(() -> {
            prepared.close();
            return prepared;
        });
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
    public synchronized SessionSecurity begin(String name, @Nullable String host) {
        return new TlsSession(settings.resumption(), context.begin(host), handshakes);
    }

    @Override
    public boolean impliesDataProtection(String name) {
        return name.equals(ServerTlsMechanism.DATA_TOO);
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
        whenClosed.accept(this);
        synchronized (this) {
            context.close();
        }
    }
}
