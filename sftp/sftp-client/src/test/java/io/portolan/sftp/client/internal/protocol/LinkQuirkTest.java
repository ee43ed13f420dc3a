package io.portolan.sftp.client.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkQuirkTest {

    @Test
    void serversAreKnownByTheBeginningOfTheirSoftwaresName() {
        assertThat(LinkQuirk.of("SSH-2.0-AsyncSSH_2.10.1")).containsExactly(LinkQuirk.SYMLINK_AS_DRAFTED);
        assertThat(LinkQuirk.of("SSH-2.0-APACHE-SSHD-2.20.0")).containsExactly(LinkQuirk.LINK_TARGET_FIRST);
        assertThat(LinkQuirk.of("SSH-2.0-mod_sftp/0.9.9"))
                .containsExactlyInAnyOrder(LinkQuirk.LINK_TARGET_FROM_LOGIN, LinkQuirk.LSTAT_FOLLOWS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_10.0",
                "SSH-2.0-Portolan",
                "SSH-2.0-dropbear_2022.83",
                "SSH-2.0-paramiko_3.4.0",
                "SSH-2.0-unknown mod_sftp",
                "SSH-2.0-OpenSSH_9.2 AsyncSSH_2",
                ""
            })
    void othersAreAsOpenSshWhateverTheySayBesides(String identification) {
        assertThat(LinkQuirk.of(identification)).isEmpty();
    }
}
