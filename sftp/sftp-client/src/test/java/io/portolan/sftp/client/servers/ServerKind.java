package io.portolan.sftp.client.servers;

import io.portolan.ssh.internal.key.SshCertificate;

/** Whose server it is. Starting one skips the test if it is not installed. */
enum ServerKind {
    OWN,
    OPENSSH,
    DROPBEAR,
    PROFTPD,
    MINA,
    ASYNCSSH;

    /** With all algorithms that it has, and certificates if it knows of any. */
    ForeignServer startWithAllItHas() throws Exception {
        return switch (this) {
            case OWN -> Own.certified();
            case OPENSSH -> OpenSsh.certified();
            case DROPBEAR -> Dropbear.start();
            case PROFTPD -> Proftpd.compressing();
            case MINA -> Mina.certified();
            case ASYNCSSH -> AsyncSsh.certified();
        };
    }

    /** Whether it signs another key exchange than the one that took place. */
    boolean signsWrongly(AlgorithmChoice choice) {
        // its hash has the key and not the certificate that it shows (version 2.20)
        return this == MINA
                && SshCertificate.isCertificate(choice.hostKey())
                && choice.keyExchange().startsWith("diffie-hellman-group-exchange");
    }
}
