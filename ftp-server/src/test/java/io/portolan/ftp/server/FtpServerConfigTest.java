package io.portolan.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FtpServerConfigTest {

    private static FtpServerConfig.Builder builder() {
        return FtpServer.builder().files(InMemoryFileSystem.create());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-32", "IBM037", "ISO-2022-JP"})
    void aFallbackCharsetThatIsNoSupersetOfAsciiIsRefused(String name) {
        assertThatThrownBy(
                        () -> builder().fallbackCharset(Charset.forName(name)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("fallbackCharset: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"US-ASCII", "UTF-8", "windows-1252", "KOI8-R"})
    void othersAreTaken(String name) {
        Charset charset = Charset.forName(name);
        assertThat(builder().fallbackCharset(charset).build().fallbackCharset()).isEqualTo(charset);
    }

    @Test
    void settingsCanBeTakenFromOthers() {
        FtpServerConfig settings = builder()
                .port(2121)
                .user("alice", "secret")
                .passivePorts(PassivePorts.range(50_000, 50_010))
                .limits(ConnectionLimits.builder().total(7).perAddress(3).build())
                .loginGuard(LoginGuard.none())
                .timeouts(FtpTimeouts.DEFAULT.withIdle(Duration.ofSeconds(7)))
                .fallbackCharset(StandardCharsets.US_ASCII)
                .messages(FtpMessages.DEFAULT.withGreeting("Hello."))
                .allowPlainLogin(true)
                .allowCompression(true)
                .allowFxpInto("192.0.2.0/24")
                .progressInterval(Duration.ofSeconds(3))
                .build();

        assertThat(settings.toBuilder().build()).usingRecursiveComparison().isEqualTo(settings);
    }

    @Test
    void anActiveDataPortThatWasNotChosenFollowsThePort() {
        FtpServerConfig standard = builder().build();
        assertThat(standard.activeDataPort()).isEqualTo(FtpServerConfig.STANDARD_DATA_PORT);
        assertThat(standard.toBuilder().port(2121).build().activeDataPort()).isZero();

        FtpServerConfig chosen = builder().activeDataPort(20).build();
        assertThat(chosen.toBuilder().port(2121).build().activeDataPort()).isEqualTo(20);
    }

    @Test
    void activeDataOfConnectionsThatAreProtectedFromTheStartComesFromPort989() {
        FtpServerConfig both =
                builder().securityMechanism(new NoSecurity()).implicitPort(990).build();
        assertThat(both.activeDataPort()).isEqualTo(20);
        assertThat(both.implicitActiveDataPort()).isEqualTo(989);
        assertThat(both.toBuilder().implicitPort(2990).build().implicitActiveDataPort())
                .isZero();
        assertThat(both.toBuilder().activeDataPort(2000).build().implicitActiveDataPort())
                .isEqualTo(2000);

        FtpServerConfig only = builder()
                .port(990)
                .securityMechanism(new NoSecurity())
                .controlProtection(ControlProtection.IMPLICIT)
                .build();
        assertThat(only.activeDataPort()).isEqualTo(989);
    }
}
