package io.portolan.sftp.client.internal.transfer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The transfers of a session that have not ended yet. On the event loop only. */
public final class LiveTransfers {

    private final Set<TransferTask> tasks = new LinkedHashSet<>();
    private boolean over;

    /** Whether it may begin. */
    boolean add(TransferTask task) {
        return !over && tasks.add(task);
    }

    void remove(TransferTask task) {
        tasks.remove(task);
    }

    /** Cancels them all, and whichever are begun from now on. They still take away what they have left at the server. */
    public void end() {
        over = true;
        List.copyOf(tasks).forEach(TransferTask::cancelNow);
    }
}
