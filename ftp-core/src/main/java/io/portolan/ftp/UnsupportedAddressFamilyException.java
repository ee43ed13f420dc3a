package io.portolan.ftp;

/**
 * EPRT or LPRT named an address family other than IPv4 and IPv6. The form was right, so a server answers 522 (RFC 2428) or 521 (RFC 1639) and
 * names the families that it knows.
 */
public final class UnsupportedAddressFamilyException extends FtpSyntaxException {
    private static final long serialVersionUID = 1L;

    /** Makes an exception. */
    public UnsupportedAddressFamilyException() {
        super("neither IPv4 nor IPv6");
    }
}
