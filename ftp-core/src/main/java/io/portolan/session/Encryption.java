package io.portolan.session;

import java.util.Objects;

/**
 * What encrypts a connection, in the words of the protocol that does.
 *
 * @param protocol the protocol and its version, such as {@code TLSv1.3}
 * @param cipher the cipher suite, such as {@code TLS_AES_256_GCM_SHA384}
 */
public record Encryption(String protocol, String cipher) {
    /** Checks the components. */
    public Encryption {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(cipher, "cipher");
    }
}
