package io.portolan.ssh.internal.kex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.security.Key;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the JDK's ML-KEM, where there is one: the other opinion on keys and ciphertexts. */
final class MlKemTest {

    private static final int FIRST_JDK_WITH_ML_KEM = 24;

    @ParameterizedTest
    @CsvSource({
        "ML-KEM-768, 308204b2300b0609608648016503040402038204a100",
        "ML-KEM-1024, 30820632300b06096086480165030404030382062100"
    })
    void whatTheJdkWrapsForOurKeyIsUnwrapped(String name, String x509Prefix) throws Exception {
        assumeThat(Runtime.version().feature()).isGreaterThanOrEqualTo(FIRST_JDK_WITH_ML_KEM);
        Kem kem = name.endsWith("768") ? MlKem.ML_KEM_768 : MlKem.ML_KEM_1024;
        for (int i = 0; i < 20; i++) {
            Kem.Receiver receiver = kem.generate(new SecureRandom());
            String encoded = x509Prefix + HexFormat.of().formatHex(receiver.publicKey());
            PublicKey key = KeyFactory.getInstance(name)
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded)));
            // by reflection, as the tests are compiled for 17
            Class<?> type = Class.forName("javax.crypto.KEM");
            Object mechanism = type.getMethod("getInstance", String.class).invoke(null, name);
            Object encapsulator =
                    type.getMethod("newEncapsulator", PublicKey.class).invoke(mechanism, key);
            Object wrapped = encapsulator.getClass().getMethod("encapsulate").invoke(encapsulator);
            byte[] ciphertext =
                    (byte[]) wrapped.getClass().getMethod("encapsulation").invoke(wrapped);
            Key secret = (Key) wrapped.getClass().getMethod("key").invoke(wrapped);
            assertThat(ciphertext).hasSize(kem.ciphertextOctets());
            assertThat(receiver.decapsulate(ciphertext)).isEqualTo(secret.getEncoded());
        }
    }
}
