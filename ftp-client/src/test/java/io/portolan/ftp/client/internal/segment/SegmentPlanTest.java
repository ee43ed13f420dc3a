package io.portolan.ftp.client.internal.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentPlanTest {

    /** Workers of different speed, of which some fail. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyOctetIsGivenToOneAndToOneOnly(int seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(10_000);
        int workers = 1 + random.nextInt(5);
        SegmentPlan plan = new SegmentPlan(size, workers, 100);
        Segment[] segments = new Segment[workers];
        BitSet given = new BitSet();
        while (!plan.isDone()) {
            int worker = random.nextInt(workers);
            if (segments[worker] == null) {
                segments[worker] = plan.take();
                continue;
            }
            Segment segment = segments[worker];
            long position = plan.position(segment);
            int claimed = plan.claim(segment, 1 + random.nextInt(50 * (worker + 1)));
            for (int i = 0; i < claimed; i++) {
                assertThat(given.get((int) position + i)).isFalse();
                given.set((int) position + i);
            }
            if (plan.isFull(segment)) {
                plan.finish(segment);
                segments[worker] = null;
            } else if (random.nextInt(10) == 0) {
                assertThat(plan.putBack(segment)).isPositive();
                segments[worker] = null;
            }
        }
        assertThat(given.cardinality()).isEqualTo(size);
        assertThat(given.length()).isEqualTo(size);
    }
}
