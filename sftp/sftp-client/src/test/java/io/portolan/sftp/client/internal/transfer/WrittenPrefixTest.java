package io.portolan.sftp.client.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WrittenPrefixTest {

    private final WrittenPrefix prefix = new WrittenPrefix();

    @Test
    void beginsBehindWhatIsThere() {
        prefix.beginAt(100);
        assertThat(prefix.octets()).isEqualTo(100);
        prefix.written(prefix.sent(10));
        assertThat(prefix.octets()).isEqualTo(110);
    }

    @Test
    void whatIsSkippedIsThereOnceAllBeforeItIs() {
        WrittenPrefix.Portion first = prefix.sent(10);
        prefix.skipped(20);
        assertThat(prefix.octets()).isZero();
        prefix.written(first);
        assertThat(prefix.octets()).isEqualTo(30);
        prefix.skipped(5);
        assertThat(prefix.octets()).isEqualTo(35);
    }

    @Property
    void endsBeforeTheFirstThatIsNotThere(
            @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 9) Integer> octets,
            @ForAll @Size(max = 30) List<@IntRange(max = 29) Integer> answers) {
        WrittenPrefix written = new WrittenPrefix();
        List<WrittenPrefix.Portion> portions = new ArrayList<>();
        octets.forEach(count -> portions.add(written.sent(count)));
        BitSet there = new BitSet();
        for (int answer : answers) {
            if (answer < portions.size() && !there.get(answer)) {
                there.set(answer);
                written.written(portions.get(answer));
            }
            long expected = octets.stream()
                    .limit(there.nextClearBit(0))
                    .mapToLong(Integer::intValue)
                    .sum();
            assertThat(written.octets()).isEqualTo(expected);
        }
    }
}
