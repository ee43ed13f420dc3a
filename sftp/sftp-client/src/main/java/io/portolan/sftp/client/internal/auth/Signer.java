package io.portolan.sftp.client.internal.auth;

import java.io.IOException;
import java.util.List;

/** A key, or a certificate, with which a user signs in. On workers, where it may block. */
interface Signer {

    /** Which one it is, for people: where it is, and its fingerprint. */
    String name();

    /** What the server is shown: the public key or the certificate on the wire. */
    byte[] blob();

    /** By which algorithms it can sign, as requests name them, the best first; several for RSA only. */
    List<String> algorithms();

    /** Whether to sign takes nobody's time: no passphrase has to be asked for, nobody has to touch anything. Otherwise the server is asked first whether it wants this key. */
    boolean isReady();

    /**
     * Signs.
     *
     * @param algorithm one of {@link #algorithms}
     * @return the signature's blob
     * @throws IOException if it cannot; the message tells why
     */
    byte[] sign(String algorithm, byte[] data) throws IOException;
}
