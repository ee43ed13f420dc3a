package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Signatures of devices that were asked by browsers (OpenSSH's PROTOCOL.u2f). */
class WebAuthnSignatureTest {

    private static final byte[] DATA = "what is to be signed".getBytes(StandardCharsets.UTF_8);
    private static final String CHALLENGE =
            Base64.getUrlEncoder().withoutPadding().encodeToString(DATA);
    private static final String ORIGIN = "https://ssh.example";
    private static final byte[] NONE = {};

    private final SoftDevice device = new SoftDevice(TestKeys.P256);

    private static String text(String type, String challenge, String origin) {
        return "{\"type\":\"" + type + "\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin + "\"}";
    }

    private Optional<SecurityKeyPublicKey.Assertion> assertion(byte[] signature) throws SshProtocolException {
        return device.key().assertion(WebAuthnSignature.ALGORITHM, DATA, signature);
    }

    private boolean isRight(String clientData, String origin, int flags, byte[] extensions)
            throws SshProtocolException {
        return assertion(device.signInBrowser(clientData, origin, flags, extensions))
                .isPresent();
    }

    @Test
    void whatTheDeviceHasDoneIsTold() throws Exception {
        assertThat(assertion(device.signInBrowser(DATA, SoftDevice.TOUCHED | SoftDevice.VERIFIED)))
                .contains(new SecurityKeyPublicKey.Assertion(true, true, 7));
        assertThat(device.key().verify(WebAuthnSignature.ALGORITHM, DATA, device.signInBrowser(DATA, 0)))
                .as("not touched")
                .isFalse();
    }

    @Test
    void theTextMustBeAboutTheDataAndOfALogin() throws Exception {
        int touched = SoftDevice.TOUCHED;
        assertThat(isRight(text("webauthn.get", CHALLENGE, ORIGIN), ORIGIN, touched, NONE))
                .isTrue();
        assertThat(isRight(text("webauthn.get", CHALLENGE, ORIGIN) + "anything", ORIGIN, touched, NONE))
                .isTrue();
        assertThat(isRight(text("webauthn.create", CHALLENGE, ORIGIN), ORIGIN, touched, NONE))
                .isFalse();
        assertThat(isRight(text("webauthn.get", CHALLENGE.substring(1), ORIGIN), ORIGIN, touched, NONE))
                .isFalse();
        assertThat(isRight(text("webauthn.get", CHALLENGE, "https://other.example"), ORIGIN, touched, NONE))
                .isFalse();
        assertThat(isRight("", ORIGIN, touched, NONE)).isFalse();
    }

    @Test
    void anOriginCannotBringAChallengeOfItsOwn() throws Exception {
        String origin = ORIGIN + "\",\"challenge\":\"x";
        assertThat(isRight(text("webauthn.get", CHALLENGE, origin), origin, SoftDevice.TOUCHED, NONE))
                .isFalse();
    }

    @Test
    void flagsFitWhatIsThere() throws Exception {
        String text = text("webauthn.get", CHALLENGE, ORIGIN);
        byte[] extensions = {1, 2, 3};
        assertThat(isRight(text, ORIGIN, SoftDevice.TOUCHED | 0x80, extensions)).isTrue();
        assertThat(isRight(text, ORIGIN, SoftDevice.TOUCHED, extensions)).isFalse();
        assertThat(isRight(text, ORIGIN, SoftDevice.TOUCHED | 0x80, NONE)).isFalse();
        assertThat(isRight(text, ORIGIN, SoftDevice.TOUCHED | 0x40, NONE)).isFalse();
    }

    @Test
    void anOctetThatIsChangedMakesItWrongOrMalformed() {
        byte[] signature = device.signInBrowser(DATA, SoftDevice.TOUCHED);
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            try {
                assertThat(assertion(changed)).as("octet %s", i).isEmpty();
            } catch (SshProtocolException e) {
                assertThat(e).as("octet %s", i).isNotNull();
            }
        }
        assertThatThrownBy(() -> assertion(Arrays.copyOf(signature, signature.length + 1)))
                .isInstanceOf(SshProtocolException.class);
    }

    @Test
    void otherKeysDoNotSignSo() throws Exception {
        SoftDevice other = new SoftDevice(TestKeys.ED25519);
        assertThat(other.key().signatureAlgorithms()).doesNotContain(WebAuthnSignature.ALGORITHM);
        assertThat(other.key()
                        .assertion(WebAuthnSignature.ALGORITHM, DATA, other.signInBrowser(DATA, SoftDevice.TOUCHED)))
                .isEmpty();
        assertThat(device.key().assertion(device.key().type(), DATA, device.signInBrowser(DATA, SoftDevice.TOUCHED)))
                .as("under another name")
                .isEmpty();
    }
}
