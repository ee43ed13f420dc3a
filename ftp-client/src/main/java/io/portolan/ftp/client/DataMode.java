package io.portolan.ftp.client;

/** Who makes data connections. */
public enum DataMode {
    /** We do (EPSV, PASV): works from behind firewalls and address translation. */
    PASSIVE,
    /** The server does (EPRT, PORT): it must be able to reach us. */
    ACTIVE
}
