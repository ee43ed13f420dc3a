package io.portolan.sftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.retry.Attempt;
import io.portolan.core.internal.retry.OpenedSource;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.TransferResult;
import io.portolan.sftp.client.UploadOptions;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.transfer.Replacement;
import io.portolan.sftp.client.internal.transfer.TemporaryName;
import io.portolan.sftp.client.internal.transfer.UploadTask;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An upload that goes on behind what the server has said to have written, and that is still there. Under a file's own name that could be the beginning of another, older one; so an atomic upload goes on under the temporary
 * name that nobody else knows, and one that is not begins anew unless its options say that what is there is its beginning.
 *
 * <p>Where two sessions may be at one file, as the server may not have noticed the end of the first, both write the same octets to the same places.
 */
public final class UploadAttempt implements Attempt<ClientSession, TransferResult> {

    private final OpenedSource source;
    private final String path;
    private final UploadOptions options;
    private String target;
    /** Whether something of this file may be under the target's name. */
    private boolean begun;

    private boolean failedToVerify;
    /** How much has been written without a hole, as far as the server has said. */
    private long safe;
    /** From where this attempt goes on. */
    private long there;

    private boolean cameFurther;
    private Optional<TransferResult> sent = Optional.empty();
    /** Whether a rename was asked for, and nothing has been heard of it. */
    private boolean renaming;

    /** Of a file, by its path as the server knows it from the login on. */
    public UploadAttempt(TransferSource source, String path, UploadOptions options) {
        this.source = new OpenedSource(source);
        this.path = path;
        this.options = options;
        this.target = options.atomic() ? TemporaryName.beside(path) : path;
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
        if (begun && !goesOn && options.atomic()) {
            var ignored = await(removed(session));
            target = TemporaryName.beside(path);
        }
        there = goesOn ? there : 0;
        UploadOptions.Builder how = options.toBuilder()
                .atomic(false)
                .resume(!begun && options.resume())
                .sync(options.sync() && !options.atomic());
        if (goesOn && options.verification() == Verification.NONE) {
            how.verification(Verification.BEST);
        }
        TransferProgress told = options.progress();
        long base = there;
        how.progress((octets, total) -> told.moved(
                base + octets, total.isPresent() ? OptionalLong.of(base + total.getAsLong()) : OptionalLong.empty()));
        UploadTask task = UploadTask.startPart(
                session.transfers(),
                source,
                session.resolve(target),
                how.build(),
                options.sync() || options.atomic(),
                goesOn ? OptionalLong.of(base) : OptionalLong.empty());
        try {
            TransferResult last = Delivery.await(task.result(), task::cancel);
            return goesOn ? new TransferResult(base + last.octets(), last.offset() - base, last.verified()) : last;
        } catch (SftpVerificationException e) {
            failedToVerify = true;
            throw e;
        } finally {
            // a session that was gone before the task began has taken nothing away
            safe = Math.max(base, task.safe());
            cameFurther = safe > base;
            begun = begun || source.wasOpened();
        }
    }

    private boolean canGoOn(ClientSession session) throws IOException {
        if (failedToVerify || !options.atomic() && !options.resume()) {
            failedToVerify = false;
            return false;
        }
        OptionalLong size =
                await(attributes(session, target)).map(SftpAttributes::size).orElse(OptionalLong.empty());
        OptionalLong whole = source.size();
        if (size.isEmpty() || whole.isEmpty() || size.getAsLong() > whole.getAsLong()) {
            return false;
        }
        // what was written and not answered may have holes before it
        there = Math.min(size.getAsLong(), safe);
        return there > 0;
    }

    private void publish(ClientSession session) throws IOException {
        if (renaming && isPublished(session)) {
            return;
        }
        boolean again = renaming;
        renaming = true;
        try {
            CompletableFuture<Boolean> placed = session.submit(
                    () -> Replacement.of(session.requests(), session.resolve(target), session.resolve(path))
                            .thenApply(done -> true));
            var ignored = await(placed);
        } catch (SftpStatusException e) {
            // a session that was taken for dead may have done it a moment ago
            if (again && isPublished(session)) {
                return;
            }
            renaming = false;
            throw e;
        }
    }

    /** Whether a rename of which nothing was heard has been done: whoever waits for the file may have taken it away, so that to send it again would be to send it twice. */
    private boolean isPublished(ClientSession session) throws IOException {
        if (await(attributes(session, target)).isPresent()) {
            return false;
        }
        OptionalLong size =
                await(attributes(session, path)).map(SftpAttributes::size).orElse(OptionalLong.empty());
        TransferResult whole = sent.orElseThrow();
        if (size.isPresent() && size.getAsLong() == whole.offset() + whole.octets()) {
            return true;
        }
        throw new SftpException(
                path + ": was sent as a whole, and it is not known whether it got its name: neither that nor " + target
                        + " is there as it should be",
                null,
                false);
    }

    /** Empty if there is no such file. */
    private static CompletableFuture<Optional<SftpAttributes>> attributes(ClientSession session, String name) {
        return session.submit(() -> session.requests()
                .stat(session.resolve(name), true)
                .handle((known, failure) -> {
                    if (failure == null) {
                        return Optional.of(known);
                    }
                    if (Futures.unwrap(failure) instanceof SftpStatusException status && status.isNotFound()) {
                        return Optional.<SftpAttributes>empty();
                    }
                    throw new CompletionException(Futures.unwrap(failure));
                }));
    }

    /** Whether what is under the target's name could be removed. */
    private CompletableFuture<Boolean> removed(ClientSession session) {
        return session.submit(
                () -> session.requests().remove(session.resolve(target)).handle((done, failure) -> failure == null));
    }

    private static <T> T await(CompletableFuture<T> asked) throws IOException {
        return Delivery.await(asked, () -> asked.cancel(false));
    }

    /** What is under a name that nobody knows is of no use. */
    @Override
    public CompletableFuture<?> abandon(ClientSession session) {
        return options.atomic() && source.wasOpened() && !renaming
                ? removed(session)
                : CompletableFuture.completedFuture(null);
    }
}
