package io.portolan.examples.standalone.client;

import io.portolan.examples.standalone.JsonObject;
import io.portolan.transfer.TransferProgress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what is done: a line for each thing, a bar where a person looks, and in the end what it amounts to. Safe to use from any thread. */
final class Report {

    private final PrintWriter out;
    private final @Nullable ProgressBar bar;
    private final boolean json;
    private final boolean quiet;
    private final Remote remote;
    private final ClientCommand command;
    private final Set<ExitCode> failures = EnumSet.noneOf(ExitCode.class);
    private boolean anything;

    /** @param out where lines go: not where a file's content goes */
    Report(ClientCommand command, Remote remote, PrintWriter out, @Nullable ProgressBar bar, boolean quiet) {
        this.command = command;
        this.remote = remote;
        this.out = out;
        this.bar = bar;
        this.json = command.json;
        this.quiet = quiet;
    }

    /** Who shows how far a file has come. */
    TransferProgress progress(String path) {
        if (bar == null) {
            return TransferProgress.none();
        }
        return new TransferProgress() {
            private long before;

            @Override
            public void moved(long octets, OptionalLong total) {
                show(path, octets, total, octets - before);
                before = octets;
            }
        };
    }

    private synchronized void show(String path, long octets, OptionalLong total, long more) {
        if (bar != null) {
            bar.moved(path, octets, total, more);
        }
    }

    /**
     * Something is done.
     *
     * @param event what, in one word
     * @param octets that were moved; negative if that is no question
     */
    synchronized void done(String event, String path, long octets) {
        anything = true;
        if (json) {
            JsonObject object = new JsonObject().add("event", event).add("path", path);
            line((octets < 0 ? object : object.add("bytes", octets)).end());
        } else if (!quiet) {
            line(event + "  " + TerminalText.harmless(path) + (octets < 0 ? "" : "  " + Amount.shown((double) octets)));
        }
    }

    /** Something is left as it is, which is no failure. */
    synchronized void skipped(String path, String why) {
        if (json) {
            line(new JsonObject()
                    .add("event", "skipped")
                    .add("path", path)
                    .add("reason", why)
                    .end());
        } else if (!quiet) {
            line("skipped  " + TerminalText.harmless(path) + "  " + why);
        }
    }

    /** Something has failed, and what else there is goes on; unless it is that nobody wants it any more. */
    void failed(String path, IOException failure) throws IOException {
        Trouble trouble = remote.explain(failure);
        if (trouble.code() == ExitCode.INTERRUPTED) {
            throw failure;
        }
        failed(path, trouble);
    }

    /** As {@link #failed(String, IOException)}, where nobody can be thrown to: an interruption is told by the mirror itself. */
    void failedInMirror(String path, IOException failure) {
        Trouble trouble = remote.explain(failure);
        if (trouble.code() != ExitCode.INTERRUPTED) {
            failed(path, trouble);
        }
    }

    synchronized void failed(String path, Trouble trouble) {
        failures.add(trouble.code());
        if (json) {
            line(new JsonObject()
                    .add("event", "failed")
                    .add("path", path)
                    .add("code", trouble.code().number())
                    .add("message", trouble.words())
                    .end());
        }
        clear();
        command.complain(ClientCommand.shown(path) + ": " + trouble.words());
    }

    /** What nobody is told of line by line. */
    synchronized void anythingDone() {
        anything = true;
    }

    synchronized ExitCode end() {
        clear();
        return ExitCode.of(anything, failures);
    }

    synchronized void clear() {
        if (bar != null) {
            bar.clear();
        }
    }

    private void line(String text) {
        clear();
        out.println(text);
        out.flush();
    }
}
