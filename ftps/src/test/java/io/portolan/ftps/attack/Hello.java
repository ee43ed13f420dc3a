package io.portolan.ftps.attack;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A ClientHello written by hand (RFC 5246 §7.4.1.2), of clients that no library lets us be any more. It offers no TLS 1.3, and no extension but what old clients had. */
final class Hello {

    static final int SSL_3 = 0x0300;
    static final int TLS_1_0 = 0x0301;
    static final int TLS_1_1 = 0x0302;
    static final int TLS_1_2 = 0x0303;

    /** What every server of TLS 1.2 has. */
    static final int ECDHE_ECDSA_AES_128_GCM = 0xc02b;

    /** Supported groups: P-256; point formats: uncompressed; signatures: ECDSA and RSA with SHA-256. */
    private static final byte[] EXTENSIONS = {
        0, 10, 0, 4, 0, 2, 0, 23, //
        0, 11, 0, 2, 1, 0, //
        0, 13, 0, 6, 0, 4, 4, 3, 4, 1
    };

    private final int version;
    private final int[] suites;

    /**
     * Takes what the client knows.
     *
     * @param version the highest version, such as 0x0301 for TLS 1.0
     * @param suites the numbers of its cipher suites
     */
    Hello(int version, int... suites) {
        this.version = version;
        this.suites = suites;
    }

    /** The record. */
    byte[] octets() {
        ByteBuffer body = ByteBuffer.allocate(512);
        body.putShort((short) version);
        byte[] random = new byte[32];
        Arrays.fill(random, (byte) 1);
        body.put(random);
        body.put((byte) 0);
        body.putShort((short) (2 * suites.length));
        for (int suite : suites) {
            body.putShort((short) suite);
        }
        body.put((byte) 1).put((byte) 0);
        body.putShort((short) EXTENSIONS.length).put(EXTENSIONS);
        int size = body.position();
        ByteBuffer record = ByteBuffer.allocate(size + 9);
        record.put((byte) 22).putShort((short) Math.min(version, TLS_1_0)).putShort((short) (size + 4));
        record.putInt(1 << 24 | size);
        record.put(body.array(), 0, size);
        return record.array();
    }
}
