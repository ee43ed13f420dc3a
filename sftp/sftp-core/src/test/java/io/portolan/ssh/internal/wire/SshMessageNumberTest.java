package io.portolan.ssh.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SshMessageNumberTest {

    @Test
    void eachOf256NumbersBelongsToOneRange() {
        for (int number = 0; number <= 255; number++) {
            MessageRange range = MessageRange.of(number);
            for (SshMessageNumber message : SshMessageNumber.of(number)) {
                assertThat(message.range()).isEqualTo(range);
                assertThat(message.number()).isEqualTo(number);
            }
        }
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> MessageRange.of(256));
        assertThat(MessageRange.of(0)).isEqualTo(MessageRange.NONE);
        assertThat(MessageRange.of(49)).isEqualTo(MessageRange.KEY_EXCHANGE);
        assertThat(MessageRange.of(80)).isEqualTo(MessageRange.GLOBAL_REQUEST);
        assertThat(MessageRange.of(127)).isEqualTo(MessageRange.CHANNEL);
    }

    @Test
    void noServerMayBeToldThatItsClientIsLoggedIn() {
        for (SshMessageNumber message : List.of(
                SshMessageNumber.USERAUTH_SUCCESS,
                SshMessageNumber.USERAUTH_FAILURE,
                SshMessageNumber.USERAUTH_PK_OK,
                SshMessageNumber.SERVICE_ACCEPT,
                SshMessageNumber.KEX_ECDH_REPLY)) {
            assertThat(message.sender().may(true)).isFalse();
            assertThat(message.sender().may(false)).isTrue();
        }
        assertThat(SshMessageNumber.USERAUTH_REQUEST.sender().may(false)).isFalse();
        assertThat(SshMessageNumber.CHANNEL_DATA.sender().may(true)).isTrue();
    }

    @Test
    void methodsShareNumbers() {
        assertThat(SshMessageNumber.of(60)).hasSize(3);
        assertThat(SshMessageNumber.of(255)).isEmpty();
    }
}
