package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import java.io.IOException;

/** A client's decision whether a host is the one it means to talk to. Called on a worker at every key exchange, so it may block. */
@FunctionalInterface
public interface HostKeyVerifier {

    /**
     * Looks at the key of a host that has proved to hold it. Returning is trust; whatever is thrown ends the connection.
     *
     * @param algorithm as it was negotiated
     * @param key the host's
     * @throws IOException if this host is not trusted; the message tells why and what to do
     */
    void verify(String algorithm, SshPublicKey key) throws IOException;

    /** Whether it can judge hosts by their certificates; if not, servers are not asked for them. */
    default boolean takesCertificates() {
        return false;
    }

    /**
     * As {@link #verify}, of a host that shows a certificate. It has proved to hold the certified key; of the certificate itself nothing has been looked at.
     *
     * @param algorithm as it was negotiated
     * @param certificate the host's, or whatever it shows as such
     * @throws IOException if this host is not trusted; the message tells why and what to do
     */
    default void verifyCertificate(String algorithm, SshCertificate certificate) throws IOException {
        throw new IOException("a host with a certificate, which is not trusted: " + certificate);
    }
}
