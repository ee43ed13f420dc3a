package io.portolan.core.internal.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Has what blocks run on a thread of its own, for those who do not want to wait. */
public final class OwnThread {

    private OwnThread() {}

    /**
     * Starts a daemon thread, which ends with the task.
     *
     * @return completed on that thread. To cancel it interrupts the thread
     */
    public static <T> CompletableFuture<T> start(String name, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(task, result), name);
        thread.setDaemon(true);
        result.whenComplete((value, failure) -> {
            if (result.isCancelled()) {
                thread.interrupt();
            }
        });
        thread.start();
        return result;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever it is, whoever waits has to hear of it
    private static <T> void run(Callable<T> task, CompletableFuture<T> result) {
        try {
            result.complete(task.call());
        } catch (Exception | Error e) {
            result.completeExceptionally(e);
        }
    }
}
