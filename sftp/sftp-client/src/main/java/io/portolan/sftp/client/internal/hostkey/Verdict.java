package io.portolan.sftp.client.internal.hostkey;

/** What files of known hosts say of what a host shows. There is no other outcome: whoever cannot tell throws, and nobody is trusted. */
enum Verdict {
    /** It is the host. */
    TRUSTED,
    /** Nothing is known of it. */
    UNKNOWN,
    /** Something else is known of it. */
    CHANGED,
    /** It must not be trusted. */
    REVOKED,
    /** A trusted CA has certified something else. */
    CERTIFICATE
}
