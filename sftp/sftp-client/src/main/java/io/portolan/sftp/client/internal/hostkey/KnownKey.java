package io.portolan.sftp.client.internal.hostkey;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key that somebody has written down; maybe of a type that we cannot verify, but it is known all the same.
 *
 * @param type as at the beginning of the blob
 * @param blob the key on the wire
 * @param place where it is written down, for people
 * @param common whether that is a file of all users
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record KnownKey(String type, byte[] blob, String place, boolean common) {

    boolean is(byte[] other) {
        return MessageDigest.isEqual(blob, other);
    }

    /** As OpenSSH prints it. */
    String fingerprint() {
        return fingerprint(blob);
    }

    static String fingerprint(byte[] blob) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KnownKey that && Arrays.equals(blob, that.blob);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(blob);
    }
}
