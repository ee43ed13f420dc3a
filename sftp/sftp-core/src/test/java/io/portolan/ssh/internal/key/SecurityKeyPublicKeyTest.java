package io.portolan.ssh.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecurityKeyPublicKeyTest {

    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

    private static final List<SoftDevice> DEVICES =
            List.of(new SoftDevice(TestKeys.ED25519), new SoftDevice(TestKeys.P256));

    @Test
    void bothTypesAreWrittenAndRead() throws Exception {
        for (SoftDevice device : DEVICES) {
            SshPublicKey read = SshPublicKey.decode(device.key().blob());
            assertThat(read).isEqualTo(device.key()).isInstanceOf(SecurityKeyPublicKey.class);
            assertThat(read.blob()).isEqualTo(device.key().blob());
            assertThat(((SecurityKeyPublicKey) read).application()).isEqualTo("ssh:");
        }
    }

    @Test
    void aSignatureIsRightOnlyIfTheDeviceWasTouched() throws Exception {
        for (SoftDevice device : DEVICES) {
            String type = device.key().type();
            assertThat(device.key().verify(type, DATA, device.sign(DATA, SoftDevice.TOUCHED)))
                    .isTrue();
            assertThat(device.key().verify(type, DATA, device.sign(DATA, 0))).isFalse();
            assertThat(device.key().verify(type, DATA, device.sign(DATA, SoftDevice.VERIFIED)))
                    .isFalse();
        }
    }

    @Test
    void flagsAndCounterAreSignedAndTold() throws Exception {
        for (SoftDevice device : DEVICES) {
            String type = device.key().type();
            byte[] signature = device.sign(DATA, SoftDevice.VERIFIED);
            assertThat(device.key().assertion(type, DATA, signature))
                    .contains(new SecurityKeyPublicKey.Assertion(false, true, 7));
            byte[] forged = signature.clone();
            forged[forged.length - 5] = SoftDevice.TOUCHED | SoftDevice.VERIFIED;
            assertThat(device.key().assertion(type, DATA, forged)).isEmpty();
            byte[] counted = signature.clone();
            counted[counted.length - 1]++;
            assertThat(device.key().assertion(type, DATA, counted)).isEmpty();
        }
    }

    @Test
    void aSignatureForAnotherApplicationIsWrong() throws Exception {
        for (SoftDevice device : DEVICES) {
            byte[] signature = device.sign(DATA, SoftDevice.TOUCHED, "https://example.org");
            assertThat(device.key().verify(device.key().type(), DATA, signature))
                    .isFalse();
        }
    }

    @Test
    void aSignatureOfTheKeyWithoutADeviceIsWrong() throws Exception {
        byte[] plain = TestKeys.ED25519.sign("ssh-ed25519", DATA);
        SecurityKeyPublicKey key = DEVICES.get(0).key();
        assertThat(key.assertion("ssh-ed25519", DATA, plain)).isEmpty();
        assertThat(key.assertion(key.type(), DATA, plain)).isEmpty();
    }

    @Test
    void whatIsCutOffOrTooLongIsMalformed() {
        SoftDevice device = DEVICES.get(0);
        byte[] blob = device.key().blob();
        byte[] signature = device.sign(DATA, SoftDevice.TOUCHED);
        for (int length : new int[] {blob.length - 1, blob.length + 1, 30}) {
            assertThatThrownBy(() -> SshPublicKey.decode(Arrays.copyOf(blob, length)))
                    .isInstanceOf(SshProtocolException.class);
        }
        for (int length : new int[] {signature.length - 1, signature.length + 1, signature.length - 5}) {
            assertThatThrownBy(() -> device.key().verify(device.key().type(), DATA, Arrays.copyOf(signature, length)))
                    .isInstanceOf(SshProtocolException.class);
        }
    }
}
