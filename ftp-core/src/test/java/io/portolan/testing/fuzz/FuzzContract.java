package io.portolan.testing.fuzz;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The targets of a module: shortly in each build, with the same inputs each time; long, and by what is reached, on demand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FuzzContract {

    /** Always the same, so that no build fails for what it has not changed; new ones are for the long run. */
    private static final long SEED = 4254;

    /** The targets. */
    protected abstract Stream<FuzzTarget> targets();

    @ParameterizedTest
    @MethodSource("targets")
    void seedsAndWhatComesOfThemAreTakenOrRefusedInOrder(FuzzTarget target) throws Exception {
        Fuzzing.run(target, target.times(), SEED);
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Tag("long")
    void whatIsFoundByCoverageIsTakenOrRefusedInOrder(FuzzTarget target) throws Exception {
        Jazzer.run(target);
    }
}
