package io.portolan.ftp.server.internal.session;

/**
 * What OPTS, EPSV ALL, PRET and LANG have set.
 *
 * @param hashAlgorithm HASH's algorithm, by FTP's name for it
 * @param extendedPassiveOnly whether EPSV ALL was said (RFC 2428 §4)
 */
public record SessionOptions(String hashAlgorithm, boolean extendedPassiveOnly) {

    static final SessionOptions INITIAL = new SessionOptions("SHA-256", false);

    public SessionOptions withHashAlgorithm(String name) {
        return new SessionOptions(name, extendedPassiveOnly);
    }

    public SessionOptions withExtendedPassiveOnly() {
        return new SessionOptions(hashAlgorithm, true);
    }
}
