package io.portolan.ftp.server.internal.session;

import io.portolan.ftp.TransferType;

/**
 * What TYPE and MODE have set (RFC 959 §5.1: ASCII and stream until said otherwise). STRU has one value only, F.
 *
 * @param type the representation type
 * @param compressed whether MODE Z is on
 * @param compressionLevel MODE Z's level, 1–9
 */
public record TransferParameters(TransferType type, boolean compressed, int compressionLevel) {

    static final TransferParameters INITIAL = new TransferParameters(TransferType.ASCII, false, 6);

    public TransferParameters withType(TransferType value) {
        return new TransferParameters(value, compressed, compressionLevel);
    }

    public TransferParameters withCompressed(boolean value) {
        return new TransferParameters(type, value, compressionLevel);
    }

    public TransferParameters withCompressionLevel(int value) {
        return new TransferParameters(type, compressed, value);
    }
}
