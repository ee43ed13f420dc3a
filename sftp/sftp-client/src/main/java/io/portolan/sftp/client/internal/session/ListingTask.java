package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.ListingResult;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.SftpCancelledException;
import io.portolan.sftp.client.SftpProtocolException;
import io.portolan.sftp.client.internal.protocol.RemoteHandle;
import io.portolan.sftp.internal.attributes.NameEntry;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A listing: some requests ahead of whoever takes the entries, and no more. Each request brings a part of the directory, about a hundred entries with most servers and never more than a packet. {@link #next}, {@link #cancel} and
 * {@link #result} from any thread, all else on the event loop.
 */
public final class ListingTask {

    /**
     * Requests under way and parts that nobody has taken yet. Eight hide a round trip where the network does a part in an eighth of it; what they hold is 2 MiB at most.
     */
    static final int AHEAD = 8;

    /** Replies without a name, one after the other. One or two are somebody's clumsiness; who sends more would do so for ever. */
    static final int MOST_EMPTY = 100;

    private final ClientSession session;
    private final Entries entries;
    private final CompletableFuture<ListingResult> result = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final ArrayDeque<List<RemoteEntry>> parts = new ArrayDeque<>();

    private @Nullable RemoteHandle handle;
    private int asked;
    private int empty;
    private boolean endSeen;
    private @Nullable CompletableFuture<@Nullable List<RemoteEntry>> wanted;

    private ListingTask(ClientSession session) {
        this.session = session;
        this.entries = new Entries(session.principals());
    }

    /** Begins a listing. */
    public static ListingTask start(ClientSession session, String path) {
        ListingTask task = new ListingTask(session);
        try {
            session.loop().execute(() -> task.open(path));
        } catch (RejectedExecutionException e) {
            task.end(session.over(e));
        }
        return task;
    }

    /** Completed on the event loop. */
    public CompletableFuture<ListingResult> result() {
        return result;
    }

    /** Takes the entries; only one may. */
    public void take() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("the entries of this listing are taken already");
        }
    }

    private void open(String path) {
        if (result.isDone()) {
            return;
        }
        session.requests().openDirectory(session.resolve(path)).whenComplete((opened, failure) -> {
            if (failure != null) {
                end(Futures.unwrap(failure));
                return;
            }
            handle = opened;
            if (result.isDone()) {
                close();
            } else {
                ask();
            }
        });
    }

    private void ask() {
        RemoteHandle from = handle;
        while (from != null && !endSeen && asked + parts.size() < AHEAD) {
            asked++;
            session.requests().readDirectory(from).thenCompose(this::named).whenComplete(this::answered);
        }
    }

    /** With the names of those whose files they are. */
    private CompletableFuture<@Nullable List<NameEntry>> named(@Nullable List<NameEntry> names) {
        if (names == null) {
            return CompletableFuture.completedFuture(null);
        }
        List<SftpAttributes> files = names.stream().map(NameEntry::attributes).toList();
        return session.principals().learn(files).thenApply(learnt -> names);
    }

    private void answered(@Nullable List<NameEntry> names, @Nullable Throwable failure) {
        asked--;
        if (result.isDone()) {
            return;
        }
        if (failure != null) {
            end(Futures.unwrap(failure));
            return;
        }
        if (names == null) {
            // closed behind the last answer: a server may be at the others that were asked for
            endSeen = true;
        } else {
            empty = names.isEmpty() ? empty + 1 : 0;
            if (empty > MOST_EMPTY) {
                end(new SftpProtocolException(
                        "the server has answered READDIR " + empty + " times in a row with neither a name nor the end",
                        null));
                return;
            }
            List<RemoteEntry> part = entries.of(names);
            if (!part.isEmpty()) {
                parts.add(part);
                give();
            }
        }
        if (endSeen && asked == 0) {
            end(null);
        } else {
            ask();
        }
    }

    private void close() {
        RemoteHandle open = handle;
        if (open != null) {
            handle = null;
            var ignored = session.requests().close(open);
        }
    }

    private void end(@Nullable Throwable failure) {
        close();
        if (failure != null) {
            parts.clear();
            result.completeExceptionally(failure);
        } else {
            result.complete(entries.result());
        }
        give();
    }

    private void give() {
        CompletableFuture<@Nullable List<RemoteEntry>> waiting = wanted;
        if (waiting == null) {
            return;
        }
        List<RemoteEntry> part = parts.poll();
        if (part != null) {
            wanted = null;
            waiting.complete(part);
        } else if (result.isCompletedExceptionally()) {
            wanted = null;
            result.whenComplete((value, failure) -> waiting.completeExceptionally(Futures.unwrap(failure)));
        } else if (result.isDone()) {
            wanted = null;
            waiting.complete(null);
        }
    }

    /** The next entries; null at the end. One call at a time. */
    public CompletableFuture<@Nullable List<RemoteEntry>> next() {
        CompletableFuture<@Nullable List<RemoteEntry>> part = new CompletableFuture<>();
        try {
            session.loop().execute(() -> {
                wanted = part;
                give();
                if (!result.isDone()) {
                    ask();
                }
            });
        } catch (RejectedExecutionException e) {
            part.completeExceptionally(session.over(e));
        }
        return part;
    }

    /** Ends it before its end; of no effect afterwards. */
    public void cancel() {
        try {
            session.loop().execute(() -> {
                if (!result.isDone()) {
                    end(new SftpCancelledException("the listing was cancelled", null));
                }
                parts.clear();
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new SftpCancelledException("the listing was cancelled", e));
        }
    }
}
