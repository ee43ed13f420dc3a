package io.portolan.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandardLoginGuardTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final StandardLoginGuard guard = builder().build();
    private final InetAddress source = address("192.0.2.1");

    private StandardLoginGuard.Builder builder() {
        return StandardLoginGuard.builder().nanoTime(clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            guard.failed(source, "user" + i);
        }
    }

    @Test
    void aPersonMayMistypeAFewTimes() {
        fail(StandardLoginGuard.DEFAULT_FAILURES - 1);
        assertThat(guard.allowed(source)).isTrue();
        assertThat(guard.bans()).isEmpty();
    }

    @Test
    void noMoreLoginsAreCheckedAtATimeThanMayFail() {
        for (int i = 0; i < StandardLoginGuard.DEFAULT_FAILURES; i++) {
            assertThat(guard.beginCheck(source)).isTrue();
        }
        assertThat(guard.beginCheck(source)).isFalse();
        assertThat(guard.beginCheck(address("192.0.2.2"))).isTrue();
        assertThat(guard.allowed(source)).isTrue();

        guard.endCheck(source);
        assertThat(guard.beginCheck(source)).isTrue();
    }

    @Test
    void afterFailuresFewerLoginsAreCheckedAtATimeThoughAlwaysOne() {
        fail(StandardLoginGuard.DEFAULT_FAILURES - 1);
        assertThat(guard.beginCheck(source)).isTrue();
        assertThat(guard.beginCheck(source)).isFalse();
        fail(1);
        guard.endCheck(source);
        assertThat(guard.beginCheck(source)).isFalse();
        pass(StandardLoginGuard.DEFAULT_FIRST_BAN);
        assertThat(guard.beginCheck(source)).isTrue();
        assertThat(guard.beginCheck(source)).isFalse();
    }

    @Test
    void aSourceThatGoesOnIsLockedOutForAWhile() {
        fail(StandardLoginGuard.DEFAULT_FAILURES);

        assertThat(guard.allowed(source)).isFalse();
        assertThat(guard.allowed(address("192.0.2.2"))).isTrue();
        assertThat(guard.bans()).singleElement().satisfies(ban -> {
            assertThat(ban.network()).isEqualTo(source);
            assertThat(ban.prefixLength()).isEqualTo(32);
            assertThat(ban.times()).isEqualTo(1);
        });
        pass(StandardLoginGuard.DEFAULT_FIRST_BAN);
        assertThat(guard.allowed(source)).isTrue();
        assertThat(guard.bans()).isEmpty();
    }

    @Test
    void eachBanIsTwiceAsLongAsTheOneBeforeUpToTheLongest() {
        fail(StandardLoginGuard.DEFAULT_FAILURES);
        Duration ban = StandardLoginGuard.DEFAULT_FIRST_BAN;
        for (int i = 0; i < 8; i++) {
            pass(ban.minusNanos(1));
            assertThat(guard.allowed(source)).isFalse();
            pass(Duration.ofNanos(1));
            assertThat(guard.allowed(source)).isTrue();
            fail(1);
            ban = ban.multipliedBy(2).compareTo(StandardLoginGuard.DEFAULT_LONGEST_BAN) < 0
                    ? ban.multipliedBy(2)
                    : StandardLoginGuard.DEFAULT_LONGEST_BAN;
        }
    }

    @Test
    void failuresFarApartAddUpToNothing() {
        for (int i = 0; i < 100; i++) {
            fail(1);
            pass(StandardLoginGuard.DEFAULT_WINDOW.dividedBy(StandardLoginGuard.DEFAULT_FAILURES));
        }
        assertThat(guard.allowed(source)).isTrue();
    }

    @Test
    void aLongQuietTimeForgivesEarlierBans() {
        fail(StandardLoginGuard.DEFAULT_FAILURES);
        pass(StandardLoginGuard.DEFAULT_LONGEST_BAN.multipliedBy(2));
        fail(StandardLoginGuard.DEFAULT_FAILURES);

        assertThat(guard.bans())
                .singleElement()
                .extracting(LoginGuard.Ban::times)
                .isEqualTo(1);
    }

    @Test
    void eachFailureIsAnsweredLaterThanTheOneBefore() {
        assertThat(guard.failed(source, "a")).isEqualTo(Duration.ofMillis(500));
        assertThat(guard.failed(source, "a")).isEqualTo(Duration.ofSeconds(1));
        assertThat(guard.failed(source, "a")).isEqualTo(Duration.ofSeconds(2));
        assertThat(guard.failed(source, "a")).isEqualTo(Duration.ofSeconds(4));
        assertThat(guard.failed(source, "a")).isEqualTo(Duration.ofSeconds(8));
        assertThat(guard.failed(source, "a")).isEqualTo(StandardLoginGuard.DEFAULT_LONGEST_DELAY);
    }

    @Test
    void aUserWhoGetsItRightIsForgivenButNotOtherNamesFromThere() {
        guard.failed(source, "ann");
        guard.failed(source, "ann");
        guard.failed(source, "root");
        guard.failed(source, "root");
        guard.succeeded(source, "ann");

        assertThat(guard.failed(source, "ann")).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anAttackersOwnAccountWashesNothingClean() {
        for (int i = 0; i < StandardLoginGuard.DEFAULT_FAILURES; i++) {
            guard.failed(source, "root");
            guard.succeeded(source, "mallory");
        }
        assertThat(guard.allowed(source)).isFalse();
    }

    @Test
    void anIpv6NetworkIsOneSource() {
        for (int i = 0; i < StandardLoginGuard.DEFAULT_FAILURES; i++) {
            guard.failed(address("2001:db8::" + (i + 1)), "root");
        }
        assertThat(guard.allowed(address("2001:db8::ffff"))).isFalse();
        assertThat(guard.allowed(address("2001:db8:0:1::1"))).isTrue();
        assertThat(guard.bans().get(0).network()).isEqualTo(address("2001:db8::"));
        assertThat(guard.bans().get(0).prefixLength()).isEqualTo(64);
    }

    @Test
    void aBanCanBeLifted() {
        fail(StandardLoginGuard.DEFAULT_FAILURES);
        assertThat(guard.unban(source)).isTrue();
        assertThat(guard.unban(source)).isFalse();
        assertThat(guard.allowed(source)).isTrue();
    }

    @Test
    void memoryIsBoundedAndTheSourceUnheardOfForLongestIsForgotten() {
        StandardLoginGuard small = builder().failures(1).sources(3).build();
        for (int i = 1; i <= 4; i++) {
            small.failed(address("192.0.2." + i), "root");
        }
        assertThat(small.size()).isEqualTo(3);
        assertThat(small.allowed(address("192.0.2.1"))).isTrue();
        assertThat(small.allowed(address("192.0.2.4"))).isFalse();
    }

    @Test
    void aSettingOutOfRangeIsRefusedByItsName() {
        assertThatThrownBy(() -> builder().failures(0).build()).hasMessageStartingWith("failures:");
        assertThatThrownBy(() -> builder().window(Duration.ZERO).build()).hasMessageStartingWith("window:");
        assertThatThrownBy(() ->
                        builder().ban(Duration.ofHours(2), Duration.ofHours(1)).build())
                .hasMessageStartingWith("ban:");
        assertThatThrownBy(() ->
                        builder().delay(Duration.ofMillis(-1), Duration.ZERO).build())
                .hasMessageStartingWith("delay:");
        assertThatThrownBy(() -> builder().sources(0).build()).hasMessageStartingWith("sources:");
    }

    @Test
    void withoutAGuardEverybodyMayTry() {
        LoginGuard none = LoginGuard.none();
        assertThat(none.failed(source, "root")).isZero();
        none.succeeded(source, "root");
        assertThat(none.allowed(source)).isTrue();
        assertThat(none.bans()).isEmpty();
        assertThat(none.unban(source)).isFalse();
        assertThat(LoginGuard.standard().allowed(source)).isTrue();
    }
}
