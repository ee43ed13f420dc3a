package io.portolan.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portolan.ssh.internal.kex.KexMethod;
import io.portolan.ssh.internal.packet.SshCipher;
import io.portolan.ssh.internal.packet.SshMac;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SshAlgorithmsTest {

    private static final List<SshAlgorithms> PRESETS =
            List.of(SshAlgorithms.modern(), SshAlgorithms.compatible(), SshAlgorithms.fipsLike());

    @Test
    void allThatAPresetNamesIsThere() {
        for (SshAlgorithms preset : PRESETS) {
            assertThat(preset.keyExchanges())
                    .allMatch(name -> KexMethod.named(name).isPresent());
            assertThat(preset.ciphers()).allMatch(name -> SshCipher.named(name).isPresent());
            assertThat(preset.macs()).allMatch(name -> SshMac.named(name).isPresent());
        }
    }

    @Test
    void noPresetHasWhatIsBroken() {
        for (SshAlgorithms preset : PRESETS) {
            assertThat(preset.toString()).doesNotContain("cbc", "sha1", "md5", "dss", "group1-", "arcfour", "zlib");
        }
    }

    @Test
    void moduloPrimesAreExchangedInTheCompatiblePresetOnly() {
        assertThat(SshAlgorithms.modern().keyExchanges()).noneMatch(name -> name.startsWith("diffie-hellman"));
        assertThat(SshAlgorithms.fipsLike().keyExchanges()).noneMatch(name -> name.startsWith("diffie-hellman"));
        assertThat(SshAlgorithms.compatible().keyExchanges())
                .endsWith("diffie-hellman-group14-sha256", "diffie-hellman-group-exchange-sha256");
    }

    @Test
    void whatWeDoNotHaveIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshAlgorithms.modern().withCiphers(List.of("aes128-cbc")))
                .withMessage("ciphers: aes128-cbc is none that there is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshAlgorithms.modern().withMacs(List.of()))
                .withMessage("macs: is empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshAlgorithms.modern().withHostKeys(List.of("ssh-ed25519", "ssh-ed25519")))
                .withMessageContaining("has one twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SshAlgorithms.modern().withKeyExchanges(List.of("diffie-hellman-group1-sha1")));
    }

    @Test
    void oneSettingIsChangedAndTheOthersStay() {
        SshAlgorithms changed = SshAlgorithms.fipsLike()
                .withCompression()
                .withStrictKeyExchangeRequired()
                .withCiphers(List.of("aes256-ctr"));

        assertThat(changed.ciphers()).containsExactly("aes256-ctr");
        assertThat(changed.isCompressionOffered()).isTrue();
        assertThat(changed.isStrictKeyExchangeRequired()).isTrue();
        assertThat(changed.keyExchanges()).isEqualTo(SshAlgorithms.fipsLike().keyExchanges());
        assertThat(changed).isNotEqualTo(SshAlgorithms.fipsLike());
    }
}
