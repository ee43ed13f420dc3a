package io.portolan.ftps.internal;

import io.portolan.ftps.TlsPreset;
import java.util.ArrayList;
import java.util.List;

/** The cipher suites of the presets, best first. */
final class CipherSuites {

    static final String TLS_1_2 = "TLSv1.2";

    static final List<String> PROTOCOLS = List.of("TLSv1.3", TLS_1_2);

    private static final List<String> MODERN = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final List<String> OLD = List.of(
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA");

    private CipherSuites() {}

    static List<String> of(TlsPreset preset) {
        List<String> suites = new ArrayList<>(MODERN);
        if (preset == TlsPreset.COMPATIBLE) {
            suites.addAll(OLD);
        }
        return suites;
    }
}
