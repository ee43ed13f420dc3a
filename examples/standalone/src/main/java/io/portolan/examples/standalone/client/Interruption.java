package io.portolan.examples.standalone.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a command at SIGINT or SIGTERM in an orderly way: its thread is interrupted, which cancels what is under way, and the process waits until it has tidied up. */
final class Interruption implements AutoCloseable {

    /** More than a transfer needs to be cancelled; whoever cannot wait for it sends SIGKILL. */
    private static final long MOST_SECONDS = 15;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread worker) {
        this.hook = new Thread(() -> interrupt(worker), "portolan-interrupt");
    }

    /** Until it is closed, the thread that calls this is interrupted by signals. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt(Thread worker) {
        worker.interrupt();
        try {
            // the process ends in any case, and what is not tidied by then stays
            boolean tidy = ended.await(MOST_SECONDS, TimeUnit.SECONDS);
            if (!tidy) {
                System.err.println("ended before all was tidied up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running
        }
    }
}
