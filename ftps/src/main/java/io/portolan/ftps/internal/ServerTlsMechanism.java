package io.portolan.ftps.internal;

import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerMechanism;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftps.ServerTls;
import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The settings of TLS, of which each server makes a {@link TlsServer}. */
public final class ServerTlsMechanism implements ServerTls, ServerMechanism {

    /** RFC 4217 §17: TLS is TLS-C; SSL is what clients said before that. TLS-P, which implies PROT P, is TLS's sibling of it. */
    static final Set<String> NAMES =
            Collections.unmodifiableSet(new LinkedHashSet<>(List.of("TLS", "TLS-C", "SSL", "TLS-P")));

    static final Set<ProtectionLevel> DATA_LEVELS =
            Collections.unmodifiableSet(EnumSet.of(ProtectionLevel.CLEAR, ProtectionLevel.PRIVATE));

    private final ServerTlsSettings settings;

    public ServerTlsMechanism(ServerTlsSettings settings) {
        this.settings = settings;
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
    public ServerSecurity open(SecurityThreads threads) throws IOException {
        return TlsServer.open(settings);
    }
}
