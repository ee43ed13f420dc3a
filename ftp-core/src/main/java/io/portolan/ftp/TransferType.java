package io.portolan.ftp;

/** The representation types that are in use (RFC 959, section 3.1.1). */
public enum TransferType {
    /** {@code TYPE A}: text, its lines ended by CR LF on the wire. The protocol's default. */
    ASCII("A"),
    /** {@code TYPE I}, also called binary: the bytes as they are. {@code TYPE L 8} means the same. */
    IMAGE("I");

    private final String argument;

    TransferType(String argument) {
        this.argument = argument;
    }

    /**
     * What TYPE is told.
     *
     * @return {@code A} or {@code I}
     */
    public String argument() {
        return argument;
    }

    /**
     * Reads the argument of TYPE: {@code A}, {@code A N}, {@code I}, {@code L 8}, in either case.
     *
     * @param argument what followed the verb
     * @return the type
     * @throws FtpSyntaxException if it is none of these, as for EBCDIC, carriage control and other byte sizes
     */
    public static TransferType parse(String argument) {
        switch (argument) {
            case "A", "a", "A N", "a n", "A n", "a N":
                return ASCII;
            case "I", "i", "L 8", "l 8":
                return IMAGE;
            default:
                throw new FtpSyntaxException("not a supported representation type");
        }
    }
}
