package io.portolan.ftps.internal;

import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerMechanism;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftps.ServerTls;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The settings of TLS, of which each server makes a {@link TlsServer}. */
public final class ServerTlsMechanism implements ServerTls, ServerMechanism {

    /** What RFC 4217 §17 calls TLS that protects data connections too. */
    static final String DATA_TOO = "TLS-P";

    /** RFC 4217 §17: TLS is TLS-C; SSL is what clients said before that. */
    static final Set<String> NAMES =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("TLS", "TLS-C", DATA_TOO, "SSL")));

    static final Set<ProtectionLevel> DATA_LEVELS =
            Collections.unmodifiableSet(EnumSet.of(ProtectionLevel.CLEAR, ProtectionLevel.PRIVATE));

    /** Changed without the lock, as a server that closes must not wait for a reload that waits for it. */
    private final List<TlsServer> servers = new CopyOnWriteArrayList<>();

    /** Guarded by this, as is that servers open and keys change one after the other. */
    private ServerTlsSettings settings;

    public ServerTlsMechanism(ServerTlsSettings settings) {
        this.settings = settings;
    }

    /** What the next server begins with. */
    synchronized ServerTlsSettings settings() {
        return settings;
    }

    @Override
    public Set<String> names() {
        return NAMES;
    }

    @Override
    public Set<ProtectionLevel> dataLevels() {
        return DATA_LEVELS;
    }

    @Override
    public synchronized ServerSecurity open(SecurityThreads threads) throws IOException {
        TlsServer opened = TlsServer.open(settings(), threads, servers::remove);
        servers.add(opened);
        return opened;
    }

    /**
     * Changes what is shown, and who is trusted unless that is null.
     *
     * @throws IllegalArgumentException if it cannot be used; then nothing changes
     */
    public synchronized void reload(KeySource keys, @Nullable ClientAuth clients) {
        ServerTlsSettings changed = settings.with(keys, clients == null ? settings.clients() : clients);
        Map<TlsServer, CompletableFuture<TlsContext>> prepared = new LinkedHashMap<>();
        servers.forEach(server -> prepared.put(server, server.prepare(changed)));
        RuntimeException failure = null;
        for (CompletableFuture<TlsContext> context : prepared.values()) {
            failure = failure == null ? failureOf(context) : failure;
        }
        if (failure != null) {
            prepared.forEach((server, context) -> context.thenCompose(server::drop));
            throw failure;
        }
        settings = changed;
        prepared.forEach((server, context) -> failureOf(context.thenCompose(server::use)));
    }

    /** Waits; a server that has stopped meanwhile is no failure. */
    private static @Nullable RuntimeException failureOf(CompletableFuture<?> step) {
        try {
            step.join();
            return null;
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return cause instanceof RejectedExecutionException
                    ? null
                    : new IllegalArgumentException("keys: " + cause.getMessage(), cause);
        }
    }
}
