package io.portolan.ftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.retry.Attempt;
import io.portolan.core.internal.retry.OpenedSource;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpVerificationException;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.command.Files;
import io.portolan.ftp.client.internal.command.Replacement;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.command.Uploads;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * An upload that goes on behind what the server has. Under a file's own name that could be the beginning of another, older one; so an atomic upload goes on under the temporary name that nobody else knows, and one that is
 * not begins anew unless its options say that what is there is its beginning.
 *
 * <p>Where two sessions may be at one file, as the server may not have noticed the end of the first, both write the same octets to the same places; APPE would not, and is never used to go on.
 */
public final class UploadAttempt implements Attempt<ClientSession, TransferResult> {

    private final OpenedSource source;
    private final String path;
    private final UploadOptions options;
    private String target;
    /** Whether something of this file may be under the target's name. */
    private boolean begun;

    private boolean failedToVerify;
    private long there;
    private boolean cameFurther;
    private Optional<TransferResult> sent = Optional.empty();
    /** Whether a rename was asked for, and nothing has been heard of it. */
    private boolean renaming;

    public UploadAttempt(TransferSource source, String path, UploadOptions options) {
        this.source = new OpenedSource(source);
        this.path = path;
        this.options = options;
        this.target = options.atomic() ? Uploads.temporaryName(path, options) : path;
    }

    /** Whether the target's name is one that only this upload knows. */
    private boolean isOwn() {
        return options.atomic() && !options.resume();
    }

    @Override
    public boolean isRepeatable() {
        return sent.isPresent() || !source.wasOpened() || source.isRepeatable() && !options.append();
    }

    @Override
    public boolean cameFurther() {
        return cameFurther;
    }

    @Override
    public TransferResult run(ClientSession session) throws IOException {
        cameFurther = false;
        if (sent.isEmpty()) {
            sent = Optional.of(send(session));
            cameFurther = true;
        }
        if (options.atomic()) {
            publish(session);
        }
        return sent.get();
    }

    private TransferResult send(ClientSession session) throws IOException {
        boolean goesOn = begun && canGoOn(session);
        if (begun && !goesOn && isOwn()) {
            var ignored = await(session.submit(() -> session.tried("DELE", target)));
            target = Uploads.temporaryName(path, options);
        }
        if (!goesOn) {
            there = 0;
        }
        boolean resumes = goesOn || !begun && options.resume();
        UploadOptions.Builder how = options.toBuilder().atomic(false).resume(resumes);
        if (goesOn && options.verification() == Verification.NONE) {
            how.verification(Verification.BEST);
        }
        TransferProgress told = options.progress();
        long base = there;
        how.progress((octets, total) -> told.moved(
                base + octets, total.isPresent() ? OptionalLong.of(base + total.getAsLong()) : OptionalLong.empty()));
        TransferTask<TransferResult> task = Uploads.start(session, source, target, how.build());
        try {
            TransferResult last = Delivery.await(task.result(), task::cancel);
            return goesOn
                    ? new TransferResult(base + last.octets(), last.offset() - base, last.reply(), last.verified())
                    : last;
        } catch (FtpVerificationException e) {
            failedToVerify = true;
            throw e;
        } finally {
            begun = begun || source.wasOpened();
        }
    }

    private boolean canGoOn(ClientSession session) throws IOException {
        if (failedToVerify
                || !options.atomic() && !options.resume()
                || options.type() != TransferType.IMAGE
                || !session.has("REST")) {
            failedToVerify = false;
            return false;
        }
        OptionalLong size = await(session.submit(() -> Files.size(session, target)));
        OptionalLong whole = source.size();
        if (size.isEmpty() || size.getAsLong() == 0 || whole.isEmpty() || size.getAsLong() > whole.getAsLong()) {
            return false;
        }
        cameFurther = size.getAsLong() > there;
        there = size.getAsLong();
        return true;
    }

    private void publish(ClientSession session) throws IOException {
        if (renaming && isPublished(session)) {
            return;
        }
        boolean again = renaming;
        renaming = true;
        try {
            var ignored = await(session.submit(() -> Replacement.by(session, target, path)));
        } catch (FtpReplyException e) {
            // a session that was taken for dead may have done it a moment ago
            if (again && isPublished(session)) {
                return;
            }
            renaming = e.isSessionOver();
            throw e;
        }
    }

    /** Whether a rename of which nothing was heard has been done: whoever waits for the file may have taken it away, so that to send it again would be to send it twice. */
    private boolean isPublished(ClientSession session) throws IOException {
        if (await(session.submit(() -> Files.stat(session, target))).isPresent()) {
            return false;
        }
        Optional<RemoteEntry> published = await(session.submit(() -> Files.stat(session, path)));
        TransferResult whole = sent.orElseThrow();
        OptionalLong size = published.map(RemoteEntry::size).orElse(OptionalLong.empty());
        if (size.isPresent() && size.getAsLong() == whole.offset() + whole.octets()) {
            return true;
        }
        throw new FtpException(
                path + ": was sent as a whole, and it is not known whether it got its name: neither that nor " + target
                        + " is there as it should be",
                null,
                false);
    }

    private static <T> T await(CompletableFuture<T> asked) throws IOException {
        return Delivery.await(asked, () -> asked.cancel(false));
    }

    /** What is under a name that nobody knows is of no use. */
    @Override
    public CompletableFuture<?> abandon(ClientSession session) {
        return isOwn() && source.wasOpened() && !renaming
                ? session.submit(() -> session.tried("DELE", target))
                : CompletableFuture.completedFuture(null);
    }
}
