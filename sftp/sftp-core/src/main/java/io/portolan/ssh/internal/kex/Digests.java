package io.portolan.ssh.internal.kex;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests that every JVM has. */
final class Digests {

    private Digests() {}

    static MessageDigest named(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no " + name, e);
        }
    }
}
