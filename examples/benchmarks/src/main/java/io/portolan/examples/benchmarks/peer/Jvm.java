package io.portolan.examples.benchmarks.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What servers in Java run on.
 *
 * @param home the folder of the JDK
 * @param options what else is said to it
 */
public record Jvm(Path home, List<String> options) {

    public Jvm {
        options = List.copyOf(options);
    }

    /** The same with more options. */
    public Jvm with(List<String> more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(more);
        return new Jvm(home, all);
    }

    String program() {
        return home.resolve("bin").resolve("java").toString();
    }
}
