package io.portolan.ftps.internal;

import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.guard.ConnectionGate;
import io.portolan.guard.ConnectionLimits;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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

    /** Guarded by this: sessions begin on several event loops. Changed and let go on the house thread, where it is always clear who owns a context: this, {@link #prepared}, or nobody any more. */
    private TlsContext context;

    /** Made for a change of the keys that has not been decided yet. House thread only. */
    private final Set<TlsContext> prepared = new HashSet<>();

    /** Guarded by this; becomes true on the house thread. */
    private boolean closed;

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

    /** Makes a context with other keys, which is this server's until {@link #use} or {@link #drop}; fails with a {@link RejectedExecutionException} if the server has stopped. */
    CompletableFuture<TlsContext> prepare(ServerTlsSettings changed) {
        return threads.onHouse(() -> {
            if (isClosed()) {
                throw new RejectedExecutionException("the server has stopped");
            }
            TlsContext made = TlsContexts.make(changed, threads.workers());
            prepared.add(made);
            return made;
        });
    }

    /** Takes a prepared context for what begins from now on; fails as {@link #prepare} does. */
    CompletableFuture<TlsContext> use(TlsContext made) {
        return threads.onHouse(() -> {
            TlsContext before;
            synchronized (this) {
                if (!prepared.remove(made)) {
                    throw new RejectedExecutionException("the server has stopped");
                }
                before = context;
                context = made;
            }
            before.close();
            LOG.info("The keys of TLS have been changed");
            return made;
        });
    }

    /** Lets a prepared context go, unless that has been done. */
    CompletableFuture<TlsContext> drop(TlsContext made) {
        return threads.onHouse(() -> {
            if (prepared.remove(made)) {
                made.close();
            }
            return made;
        });
    }

    private synchronized boolean isClosed() {
        return closed;
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
        if (closed) {
            throw new IllegalStateException("the server has stopped");
        }
        return new TlsSession(settings, context.begin(host), handshakes);
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
            if (closed) {
                return;
            }
            closed = true;
        }
        context.close();
        prepared.forEach(TlsContext::close);
        prepared.clear();
    }
}
