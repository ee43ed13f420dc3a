package io.portolan.ftp.server;

import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.security.SecurityMechanism;
import java.util.Set;

/** A mechanism that settings can name, and no server can start with. */
record NoSecurity() implements SecurityMechanism {
    @Override
    public Set<String> names() {
        return Set.of("NONE");
    }

    @Override
    public Set<ProtectionLevel> dataLevels() {
        return Set.of(ProtectionLevel.CLEAR);
    }
}
