package io.portolan.core.internal.mirror;

import io.portolan.fs.VirtualPath;
import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorAction.Kind;
import io.portolan.mirror.MirrorAction.Reason;
import io.portolan.mirror.MirrorFailure;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Counts what is done and tells the listener, one thread at a time. */
final class MirrorTally {

    /** Failures that a result keeps: enough to see what is wrong, and no list as long as a tree. */
    static final int MAX_FAILURES = 1000;

    private final MirrorListener listener;
    private final List<MirrorFailure> failures = new ArrayList<>();
    private long copied;
    private long octets;
    private long unchanged;
    private long directoriesMade;
    private long deleted;
    private long skipped;
    private long failed;

    MirrorTally(MirrorListener listener) {
        this.listener = listener;
    }

    synchronized void copied(MirrorAction action, long size) {
        copied++;
        octets += size;
        listener.done(action);
    }

    synchronized void unchanged() {
        unchanged++;
    }

    synchronized void madeDirectory(VirtualPath path) {
        directoriesMade++;
        listener.done(new MirrorAction(Kind.MAKE_DIRECTORY, Reason.NEW, path.toString(), -1));
    }

    synchronized void deleted(MirrorAction action) {
        deleted++;
        listener.done(action);
    }

    synchronized void skipped(String path, MirrorSkip reason) {
        skipped++;
        listener.skipped(path, reason);
    }

    synchronized void failed(VirtualPath path, IOException cause) {
        failed++;
        MirrorFailure failure = new MirrorFailure(path.toString(), cause);
        if (failures.size() < MAX_FAILURES) {
            failures.add(failure);
        }
        listener.failed(failure);
    }

    synchronized MirrorResult result() {
        return new MirrorResult(copied, octets, unchanged, directoriesMade, deleted, skipped, failed, failures);
    }
}
