package io.portolan.sftp.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.auth.Identity;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LoginRestrictionsTest {

    private static final LoginRestrictions COMMAND =
            LoginRestrictions.builder().forcedCommand("internal-sftp").build();

    @Test
    void theyAreAttachedToAnIdentityWithoutChangingTheRest() {
        Identity alice = Identity.of("alice", Map.of("row", 7)).withProtectedDataOnly();
        Identity restricted = COMMAND.attachTo(alice);
        assertThat(LoginRestrictions.of(restricted)).isEqualTo(COMMAND);
        assertThat(restricted.name()).isEqualTo("alice");
        assertThat(restricted.attribute("row", Integer.class)).contains(7);
        assertThat(restricted.isProtectedDataOnly()).isTrue();
        assertThat(LoginRestrictions.of(alice)).isEqualTo(LoginRestrictions.none());
        assertThat(LoginRestrictions.none().attachTo(alice)).isSameAs(alice);
    }

    @Test
    void ofTwoTheStricterOneHolds() {
        Instant early = Instant.EPOCH;
        LoginRestrictions first = LoginRestrictions.builder()
                .expires(early.plusSeconds(1))
                .touchRequired(false)
                .build();
        LoginRestrictions second = LoginRestrictions.builder()
                .expires(early)
                .verificationRequired(true)
                .build();
        LoginRestrictions both = first.and(second);
        assertThat(both).isEqualTo(second.and(first));
        assertThat(both.expires()).contains(early);
        assertThat(both.isTouchRequired()).isTrue();
        assertThat(both.isVerificationRequired()).isTrue();
        assertThat(both.and(COMMAND).forcedCommand()).contains("internal-sftp");
    }

    @Test
    void twoDifferentCommandsLeaveNothing() {
        LoginRestrictions other =
                LoginRestrictions.builder().forcedCommand("backup").build();
        assertThat(COMMAND.and(COMMAND)).isEqualTo(COMMAND);
        assertThatThrownBy(() -> COMMAND.and(other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> other.attachTo(COMMAND.attachTo(Identity.of("alice"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LoginRestrictions forced(String command) {
        return LoginRestrictions.builder().forcedCommand(command).build();
    }

    @Test
    void onlyInternalSftpAndWhatCanBeKeptToIsASession() {
        assertThat(LoginRestrictions.none().isSftpAllowed()).isTrue();
        assertThat(LoginRestrictions.none().isReadOnly()).isFalse();
        assertThat(forced("internal-sftp").isSftpAllowed()).isTrue();
        assertThat(forced("internal-sftp").isReadOnly()).isFalse();
        assertThat(forced(" internal-sftp  -l INFO -f AUTH -e -R -d /in").isReadOnly())
                .isTrue();
        assertThat(forced("internal-sftp -d /in").startDirectory()).contains("/in");
        for (String command : new String[] {
            "",
            "internal-sftp-server",
            "/usr/lib/openssh/sftp-server",
            "internal-sftp -P remove",
            "internal-sftp -u 077",
            "internal-sftp -d",
            "internal-sftp -d relative",
            "internal-sftp -d /home/%u",
            "internal-sftp -l",
            "internal-sftp; backup",
            "backup"
        }) {
            assertThat(forced(command).isSftpAllowed()).as(command).isFalse();
            assertThat(forced(command).isReadOnly()).as(command).isTrue();
        }
    }
}
