package io.portolan.core.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.testing.FakeSession;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {

    private final SessionRegistry<FakeSession> registry = new SessionRegistry<>();
    private final FakeSession ann = new FakeSession("a1");
    private final FakeSession bob = new FakeSession("b2");

    @Test
    void sessionsAreFoundWhileTheyLive() {
        assertThat(registry.add(ann)).isTrue();
        registry.add(bob);
        assertThat(registry.find("a1")).contains(ann);
        assertThat(registry.snapshot()).containsExactlyInAnyOrder(ann, bob);

        registry.remove(ann);
        registry.remove(ann);
        assertThat(registry.find("a1")).isEmpty();
        assertThat(registry.size()).isEqualTo(1);
    }

    @Test
    void oneIdentifierIsOneSession() {
        registry.add(ann);
        assertThatThrownBy(() -> registry.add(new FakeSession("a1"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClosedRegistryTakesNobodyAndTellsWhenTheLastHasGone() {
        registry.add(ann);
        CompletableFuture<Void> drained = registry.close();
        assertThat(registry.add(bob)).isFalse();
        assertThat(registry.find("b2")).isEmpty();
        assertThat(drained).isNotDone();

        registry.remove(ann);
        assertThat(drained).isCompleted();
        assertThat(registry.close()).isCompleted();
    }

    @Test
    void anEmptyRegistryIsDrainedAtOnce() {
        assertThat(registry.close()).isCompleted();
    }

    @Test
    void identifiersAreLettersAndDigitsAndDiffer() {
        SessionIds ids = new SessionIds();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertThat(id).matches("[a-z0-9]{12}");
            assertThat(seen.add(id)).isTrue();
        }
    }
}
