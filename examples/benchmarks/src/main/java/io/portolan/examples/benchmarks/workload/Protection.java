package io.portolan.examples.benchmarks.workload;

import java.util.List;

/** How a workload's connections are protected. */
enum Protection {
    /** Not at all. */
    PLAIN("", "", "", "set ftp:ssl-allow no"),

    /** By explicit TLS 1.3 with AES-256-GCM, control and data. The certificate is nobody's, so that it is not looked at. */
    TLS("tls-", "TLS ", "--ssl-reqd --insecure --tlsv1.3 --tls13-ciphers TLS_AES_256_GCM_SHA384", """
            set ftp:ssl-force yes
            set ftp:ssl-protect-data yes
            set ssl:verify-certificate no
            set ssl:priority NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-256-GCM""");

    private final String prefix;
    private final String title;
    private final String curl;
    private final String lftp;

    Protection(String prefix, String title, String curl, String lftp) {
        this.prefix = prefix;
        this.title = title;
        this.curl = curl;
        this.lftp = lftp;
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

    String lftp() {
        return lftp;
    }
}
