package io.portolan.redeploy;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Leaves a thread behind. */
public final class LeakyApplication implements Callable<String> {

    @Override
    public String call() {
        Thread thread = new Thread(() -> {
            while (true) {
                LockSupport.park();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return "a thread runs on";
    }
}
