package io.portolan.examples.standalone.client;

import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorFailure;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorSkip;
import java.io.InterruptedIOException;

/** Reports what a mirror does. */
final class MirrorReport implements MirrorListener {

    private final Report report;
    /** What stands before the paths, which begin with a slash. */
    private final String root;

    private final boolean dryRun;

    MirrorReport(Report report, String root, boolean dryRun) {
        this.report = report;
        this.root = root;
        this.dryRun = dryRun;
    }

    @Override
    public void done(MirrorAction action) {
        String event = switch (action.kind()) {
            case MAKE_DIRECTORY -> "mkdir";
            case COPY -> "copy";
            case MAKE_LINK -> "link";
            case DELETE -> "delete";
            case DELETE_DIRECTORY -> "delete-directory";
        };
        report.done((dryRun ? "would-" : "") + event, root + action.path(), action.size());
    }

    @Override
    public void skipped(String path, MirrorSkip reason) {
        String where = root + path;
        switch (reason) {
            case LINK -> report.skipped(where, "is a symbolic link");
            case UNSAFE_LINK -> report.skipped(where, "is a symbolic link that leads out");
            case LOOP -> report.skipped(where, "is a symbolic link to where it lies itself");
            case SPECIAL -> report.skipped(where, "is neither a file nor a directory");
            case UNSAFE_NAME ->
                report.failed(
                        where,
                        new Trouble(ExitCode.FAILED, "its name is not that of one file: it would lead elsewhere"));
            case NOT_UNDERSTOOD ->
                report.failed(where, new Trouble(ExitCode.FAILED, "the line of the listing was not understood"));
            case TOO_DEEP -> report.failed(where, new Trouble(ExitCode.FAILED, "lies too deep"));
        }
    }

    @Override
    public void failed(MirrorFailure failure) {
        if (!(failure.cause() instanceof InterruptedIOException)) {
            report.failedInMirror(root + failure.path(), failure.cause());
        }
    }
}
