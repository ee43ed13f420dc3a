package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.TlsPreset;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Versions and cipher suites that are broken, or as good as (RFC 8996, RFC 9325 §4.2). */
class WeakTlsTest {

    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int PROTOCOL_VERSION = 70;
    private static final int INAPPROPRIATE_FALLBACK = 86;
    private static final int HANDSHAKE_FAILURE = 40;

    /** RFC 7507: "I have tried a newer version before". */
    private static final int FALLBACK_SCSV = 0x5600;

    private static final int ECDHE_ECDSA_AES_128_CBC_SHA = 0xc009;

    private static final Map<String, Integer> WEAK = new LinkedHashMap<>();

    static {
        WEAK.put("RSA_WITH_NULL_SHA256", 0x003b);
        WEAK.put("RSA_EXPORT_WITH_RC4_40_MD5", 0x0003);
        WEAK.put("RSA_WITH_RC4_128_SHA", 0x0005);
        WEAK.put("RSA_WITH_DES_CBC_SHA", 0x0009);
        WEAK.put("RSA_WITH_3DES_EDE_CBC_SHA", 0x000a);
        WEAK.put("RSA_WITH_AES_128_CBC_SHA", 0x002f);
        WEAK.put("RSA_WITH_AES_128_GCM_SHA256", 0x009c);
        WEAK.put("DH_anon_WITH_AES_128_CBC_SHA", 0x0034);
        WEAK.put("DHE_RSA_WITH_AES_128_GCM_SHA256", 0x009e);
        WEAK.put("ECDH_anon_WITH_AES_128_CBC_SHA", 0xc018);
        WEAK.put("ECDHE_ECDSA_WITH_NULL_SHA", 0xc006);
        WEAK.put("ECDHE_ECDSA_WITH_RC4_128_SHA", 0xc007);
        WEAK.put("ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA", 0xc008);
        WEAK.put("ECDHE_ECDSA_WITH_AES_128_CBC_SHA", ECDHE_ECDSA_AES_128_CBC_SHA);
        WEAK.put("ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", 0xc024);
    }

    @EveryEngine
    void oldVersionsAreRefused(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            for (int version : new int[] {Hello.SSL_3, Hello.TLS_1_0, Hello.TLS_1_1}) {
                assertThat(alert(server, new Hello(version, Hello.ECDHE_ECDSA_AES_128_GCM, 0xc009, 0x002f)))
                        .as("version %x", version)
                        .isEqualTo(PROTOCOL_VERSION);
                assertThat(alert(server, new Hello(version, 0xc009, FALLBACK_SCSV)))
                        .as("fallback to version %x", version)
                        .isIn(PROTOCOL_VERSION, INAPPROPRIATE_FALLBACK);
            }
        }
    }

    @EveryEngine
    void weakCipherSuitesAreRefused(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            for (Map.Entry<String, Integer> suite : WEAK.entrySet()) {
                assertThat(alert(server, new Hello(Hello.TLS_1_2, suite.getValue())))
                        .as(suite.getKey())
                        .isEqualTo(HANDSHAKE_FAILURE);
            }
        }
    }

    @EveryEngine
    void theHandshakesOfThisTestAreFineButForWhatIsWeak(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            byte[] record = first(server, new Hello(Hello.TLS_1_2, 0x0005, Hello.ECDHE_ECDSA_AES_128_GCM));
            assertThat(record[0]).isEqualTo((byte) HANDSHAKE);
            // ServerHello: message header, version, random, session id, suite, compression
            int afterRandom = 5 + 4 + 2 + 32;
            int suite = afterRandom + 1 + record[afterRandom];
            assertThat(new byte[] {record[suite], record[suite + 1], record[suite + 2]})
                    .as("the good suite, and no compression")
                    .containsExactly(0xc0, 0x2b, 0);
        }
    }

    /** The compatible preset has what clients of ten years ago need, and nothing that is broken. */
    @EveryEngine
    void thePresetForOldClientsIsOldButNotBroken(TlsEngine engine) throws Exception {
        ServerTls tls = ServerTls.builder()
                .keys(TlsKeys.selfSigned())
                .engine(engine)
                .preset(TlsPreset.COMPATIBLE)
                .build();
        try (TlsFixture server = TlsFixture.serving(tls)) {
            assertThat(first(server, new Hello(Hello.TLS_1_2, ECDHE_ECDSA_AES_128_CBC_SHA))[0])
                    .isEqualTo((byte) HANDSHAKE);
            for (Map.Entry<String, Integer> suite : WEAK.entrySet()) {
                if (suite.getValue() != ECDHE_ECDSA_AES_128_CBC_SHA) {
                    // those with the exchange of keys by RSA have no RSA key here
                    assertThat(alert(server, new Hello(Hello.TLS_1_2, suite.getValue())))
                            .as(suite.getKey())
                            .isEqualTo(HANDSHAKE_FAILURE);
                }
            }
            for (int version : new int[] {Hello.SSL_3, Hello.TLS_1_0, Hello.TLS_1_1}) {
                assertThat(alert(server, new Hello(version, ECDHE_ECDSA_AES_128_CBC_SHA)))
                        .as("version %x", version)
                        .isEqualTo(PROTOCOL_VERSION);
            }
        }
    }

    /** The description in the fatal alert that answers. */
    private static int alert(TlsFixture server, Hello hello) throws IOException {
        byte[] record = first(server, hello);
        assertThat(record[0]).as("the record's type").isEqualTo((byte) ALERT);
        assertThat(record[5]).as("fatal").isEqualTo((byte) 2);
        return record[6];
    }

    private static byte[] first(TlsFixture server, Hello hello) throws IOException {
        try (TlsTestClient client = TlsTestClient.plain(server, Manner.of("TLSv1.2"))) {
            client.expect(220);
            client.expect(234, "AUTH TLS");
            client.raw().getOutputStream().write(hello.octets());
            DataInputStream in = new DataInputStream(client.raw().getInputStream());
            byte[] header = in.readNBytes(5);
            assertThat(header).hasSize(5);
            byte[] body = in.readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
            byte[] record = new byte[5 + body.length];
            System.arraycopy(header, 0, record, 0, 5);
            System.arraycopy(body, 0, record, 5, body.length);
            if (record[0] == ALERT) {
                client.expectClosed();
            }
            return record;
        }
    }
}
