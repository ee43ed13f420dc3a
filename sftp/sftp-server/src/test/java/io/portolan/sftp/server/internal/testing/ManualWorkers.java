package io.portolan.sftp.server.internal.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** Workers that do nothing before the test says so. */
public final class ManualWorkers implements Executor {

    private final List<Runnable> tasks = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** How many tasks wait. */
    public int waiting() {
        return tasks.size();
    }

    /** Does the next. */
    public void runOne() {
        tasks.remove(0).run();
    }

    /** Does any of those that wait. */
    public void runAny(Random mood) {
        tasks.remove(mood.nextInt(tasks.size())).run();
    }

    /** Does one after another, and what the event loop makes of it, until nothing is left. */
    public void runAll(FakeChannel channel) {
        while (!tasks.isEmpty()) {
            runOne();
            channel.runLoop();
        }
    }
}
