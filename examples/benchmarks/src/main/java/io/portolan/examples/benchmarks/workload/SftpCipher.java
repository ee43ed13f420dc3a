package io.portolan.examples.benchmarks.workload;

import java.util.List;

/** What the client wants a connection to be encrypted with. */
enum SftpCipher {
    /** The fastest where the processor has AES. */
    GCM("", "", "aes128-gcm@openssh.com", 1.2),

    /** What OpenSSH's clients take of their own accord. Its bound is JDK 17's, which has no intrinsic for it; on JDK 25 the speed shall be OpenSSH's. */
    CHACHA("-chacha", " with chacha20-poly1305", "chacha20-poly1305@openssh.com", 0.7),

    /** What all have. */
    CTR("-ctr", " with aes256-ctr", "aes256-ctr", 1.2);

    private static final String MAC = "hmac-sha2-256-etm@openssh.com";

    private final String suffix;
    private final String title;
    private final String cipher;
    private final double downloadOverNative;

    SftpCipher(String suffix, String title, String cipher, double downloadOverNative) {
        this.suffix = suffix;
        this.title = title;
        this.cipher = cipher;
        this.downloadOverNative = downloadOverNative;
    }

    /** After a workload's name. */
    String suffix() {
        return suffix;
    }

    /** After a figure's name. */
    String title() {
        return title;
    }

    /** A download's speed, divided by OpenSSH's. */
    double downloadOverNative() {
        return downloadOverNative;
    }

    /** For sftp's command line. */
    List<String> options() {
        return List.of("-c", cipher, "-o", "MACs=" + MAC);
    }
}
