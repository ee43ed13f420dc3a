package io.portolan.ftp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PassivePortsTest {

    @ParameterizedTest
    @CsvSource({
        "60000-65535, 60000, 65535, 5536",
        "60000:65535, 60000, 65535, 5536",
        "' 1 - 2 ', 1, 2, 2",
        "2121, 2121, 2121, 1",
        "0, 0, 0, 65535",
        "0-0, 0, 0, 65535",
    })
    void rangesAreReadAsPeopleWriteThem(String text, int first, int last, int size) {
        PassivePorts ports = PassivePorts.parse(text);

        assertThat(ports.first()).isEqualTo(first);
        assertThat(ports.last()).isEqualTo(last);
        assertThat(ports.size()).isEqualTo(size);
        assertThat(ports.isAny()).isEqualTo(first == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "60000-",
                "-5",
                "a-b",
                "1-2-3",
                "99999-99999",
                "65535-65536",
                "0-5",
                "9-8",
                "123456",
                "１-２"
            })
    void whatIsNoRangeIsRefusedWithTheTextInTheMessage(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PassivePorts.parse(text))
                .withMessageStartingWith("passive ports ");
    }

    @Property
    void aRangeIsReadBackFromItsText(
            @ForAll @IntRange(min = 1, max = 65_535) int one, @ForAll @IntRange(min = 1, max = 65_535) int other) {
        PassivePorts ports = PassivePorts.range(Math.min(one, other), Math.max(one, other));

        PassivePorts again = PassivePorts.parse(ports.toString());

        assertThat(again.first()).isEqualTo(ports.first());
        assertThat(again.last()).isEqualTo(ports.last());
    }

    @Test
    void theDefaultsWaitAWhileAndCheckTheAddress() {
        PassivePorts ports = PassivePorts.any();

        assertThat(ports.maxWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ports.maxWaiting()).isEqualTo(256);
        assertThat(ports.idleListeners()).isEqualTo(128);
        assertThat(ports.isSamePeerAddressRequired()).isTrue();
        assertThat(ports).hasToString("0");
    }

    @Test
    void aBuilderChangesOneSettingAndKeepsTheOthers() {
        PassivePorts ports = PassivePorts.range(5, 9).toBuilder()
                .maxWait(Duration.ZERO)
                .maxWaiting(7)
                .idleListeners(0)
                .requireSamePeerAddress(false)
                .build();

        PassivePorts changed = ports.toBuilder().maxWaiting(8).build();

        assertThat(changed.maxWaiting()).isEqualTo(8);
        assertThat(changed.maxWait()).isZero();
        assertThat(changed.idleListeners()).isZero();
        assertThat(changed.isSamePeerAddressRequired()).isFalse();
        assertThat(changed).hasToString("5-9");
    }

    @Test
    void settingsOutOfRangeAreRefusedByName() {
        PassivePorts.Builder builder = PassivePorts.any().toBuilder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWait(Duration.ofMinutes(6)).build())
                .withMessageContaining("maxWait");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWait(Duration.ZERO).maxWaiting(-1).build())
                .withMessageContaining("maxWaiting");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxWaiting(0).idleListeners(63).build())
                .withMessageContaining("idleListeners");
    }
}
