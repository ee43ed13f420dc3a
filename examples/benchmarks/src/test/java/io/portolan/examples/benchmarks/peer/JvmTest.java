package io.portolan.examples.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JvmTest {

    /** As with {@code java -jar target/benchmarks.jar}, while each server has a folder of its own. */
    @Test
    void aServerFindsTheJarThatWasNamedFromHere() {
        String jar = Path.of("target", "benchmarks.jar").toString();
        String elsewhere = Path.of("elsewhere").toAbsolutePath().toString();

        assertThat(Jvm.classPath(jar + File.pathSeparator + elsewhere))
                .isEqualTo(Path.of(jar).toAbsolutePath() + File.pathSeparator + elsewhere);
    }
}
