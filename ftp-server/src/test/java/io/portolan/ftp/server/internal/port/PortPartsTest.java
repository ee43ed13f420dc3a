package io.portolan.ftp.server.internal.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.PassivePorts;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** How a range of ports is cut into parts, one for a loop. */
class PortPartsTest {

    @Property
    void togetherTheyAreTheRangeAndNoneIsEasilyGuessed(
            @ForAll @IntRange(min = 1, max = 60_000) int first,
            @ForAll @IntRange(min = 1, max = 5_000) int size,
            @ForAll @IntRange(min = 1, max = 64) int loops,
            @ForAll @IntRange(min = 64, max = 4_096) int idle) {
        PassivePorts ports = PassivePorts.range(first, first + size - 1).toBuilder()
                .idleListeners(idle)
                .build();
        List<PassivePorts> parts = PassivePortAllocator.parts(ports, loops);
        assertThat(parts).hasSizeBetween(1, loops);
        int next = first;
        for (PassivePorts part : parts) {
            assertThat(part.first()).isEqualTo(next);
            next = part.last() + 1;
            if (parts.size() > 1) {
                assertThat(part.size()).isGreaterThanOrEqualTo(PassivePortAllocator.MIN_PART);
            }
            assertThat(part.idleListeners()).isGreaterThanOrEqualTo(PassivePortAllocator.MIN_PART);
        }
        assertThat(next).isEqualTo(ports.last() + 1);
        assertThat(parts.stream().mapToInt(PassivePorts::idleListeners).sum()).isLessThanOrEqualTo(idle);
    }

    @Test
    void settingsThatAreNotOfTheRangeAreTheSameInEachPart() {
        PassivePorts ports = PassivePorts.any().toBuilder()
                .maxWait(java.time.Duration.ofSeconds(3))
                .maxWaiting(7)
                .idleListeners(0)
                .requireSamePeerAddress(false)
                .build();
        assertThat(PassivePortAllocator.parts(ports, 3))
                .hasSize(3)
                .allSatisfy(part -> assertThat(part).usingRecursiveComparison().isEqualTo(ports));
    }

    @Test
    void aRangeThatIsSmallIsNotCut() {
        assertThat(PassivePortAllocator.parts(PassivePorts.range(60_000, 60_099), 8))
                .hasSize(1);
        assertThat(PassivePortAllocator.parts(PassivePorts.range(60_000, 60_127), 8))
                .hasSize(2);
    }
}
