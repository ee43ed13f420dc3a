package io.portolan.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a run which programs were missed, and how many tests did not run for it. Found by the service loader. */
public final class MissingPeers implements TestExecutionListener {

    private static final Map<String, Integer> SKIPPED = new ConcurrentSkipListMap<>();

    static void add(String program) {
        SKIPPED.merge(program, 1, Integer::sum);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (SKIPPED.isEmpty()) {
            return;
        }
        int tests = SKIPPED.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println("INTEROP: " + SKIPPED.size() + " program(s) missing, " + tests + " test(s) skipped: "
                + String.join(", ", SKIPPED.keySet()));
        SKIPPED.clear();
    }
}
