package io.portolan.ftps.internal;

import io.portolan.core.internal.security.ClientMechanism;
import io.portolan.core.internal.security.ClientSecurity;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftps.ClientTls;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The settings of TLS, of which each client makes a {@link TlsClient}. */
public final class ClientTlsMechanism implements ClientTls, ClientMechanism {

    /** RFC 4217 §17, and what servers of before that know. */
    private static final Set<String> NAMES = Collections.unmodifiableSet(new LinkedHashSet<>(List.of("TLS", "SSL")));

    private final ClientTlsSettings settings;

    public ClientTlsMechanism(ClientTlsSettings settings) {
        this.settings = settings;
    }

    @Override
    public Set<String> names() {
        return NAMES;
    }

    @Override
    public Set<ProtectionLevel> dataLevels() {
        return ServerTlsMechanism.DATA_LEVELS;
    }

    @Override
    public ClientSecurity open(SecurityThreads threads) throws IOException {
        return TlsClient.open(settings, threads);
    }
}
