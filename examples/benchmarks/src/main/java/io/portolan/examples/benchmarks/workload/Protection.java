package io.portolan.examples.benchmarks.workload;

import java.util.List;

/** How a workload's connections are protected. */
enum Protection {
    /** Not at all. */
    PLAIN("", "", "", ""),

    /** By explicit TLS 1.3 with AES-256-GCM, control and data. The certificate is nobody's, so that it is not looked at. */
    TLS("tls-", "TLS ", "--ssl-reqd --insecure --tlsv1.3 --tls13-ciphers TLS_AES_256_GCM_SHA384", "TLSv1.3"),

    /** The same with TLS 1.2. */
    TLS12("tls12-", "TLS 1.2 ", "--ssl-reqd --insecure --tlsv1.2 --tls-max 1.2", "TLSv1.2");

    private final String prefix;
    private final String title;
    private final String curl;
    private final String version;

    Protection(String prefix, String title, String curl, String version) {
        this.prefix = prefix;
        this.title = title;
        this.curl = curl;
        this.version = version;
    }

    /** Before a workload's name. */
    String prefix() {
        return prefix;
    }

    /** Before a figure's name. */
    String title() {
        return title;
    }

    List<String> curl() {
        return curl.isEmpty() ? List.of() : List.of(curl.split(" "));
    }

    /** What the JDK calls it. */
    String version() {
        return version;
    }
}
