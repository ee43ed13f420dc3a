package io.portolan.ftp.client.internal.command;

import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.TruncatedTransferException;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file from one server to another, which connect to each other (RFC 959, section 5.2): the target listens, the source connects to it. With TLS one of them has to be the client of the handshake, which SSCN or CPSV
 * asks it for. What one session does, it does on its own event loop.
 *
 * <p>The target has to begin before it is known whether the source can, so it does under a name of its own: what had the name so far stays what it was until the copy is whole. {@link #start}, {@link #result} and {@link #cancel} from any
 * thread.
 */
public final class ServerCopy {

    private final ClientSession source;
    private final String from;
    private final ClientSession target;
    private final String to;
    private final String part;
    private final AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    private final CopyHalf received;
    private final CopyHalf sent;
    private final CompletableFuture<FtpReply> result;

    private ServerCopy(ClientSession source, String from, ClientSession target, String to) {
        this.source = source;
        this.from = from;
        this.target = target;
        this.to = to;
        this.part = Uploads.temporaryName(to, UploadOptions.defaults());
        this.received = new CopyHalf(target, "STOR", part, failed);
        this.sent = new CopyHalf(source, "RETR", from, failed);
        CopyHalf.pair(received, sent);
        // in an order that is the same for all: two copies in opposite directions must not wait for each other
        boolean sourceFirst = source.control()
                        .channel()
                        .id()
                        .compareTo(target.control().channel().id())
                < 0;
        ClientSession first = sourceFirst ? source : target;
        ClientSession second = sourceFirst ? target : source;
        this.result = first.submit(() -> toldOn(first.loop(), second.submit(() -> toldOn(second.loop(), run()))));
    }

    /** Queues a copy in both sessions. */
    public static ServerCopy start(ClientSession source, String from, ClientSession target, String to) {
        if (source == target) {
            throw new IllegalArgumentException("target: is the same session, which does one thing at a time");
        }
        return new ServerCopy(source, from, target, to);
    }

    /** Completes with what the target has said of it. */
    public CompletableFuture<FtpReply> result() {
        return result;
    }

    /** Ends it; one that has not begun never does. */
    public void cancel() {
        failed.compareAndSet(null, new FtpCancelledException("RETR " + from + ": cancelled", null));
        received.cancel();
        sent.cancel();
    }

    /** An operation has to end on its session's loop. */
    private static <T> CompletableFuture<T> toldOn(EventLoop loop, CompletableFuture<T> result) {
        return result.handleAsync(
                (value, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(Futures.unwrap(failure));
                    }
                    return value;
                },
                loop);
    }

    private static <T> CompletableFuture<T> on(ClientSession session, Supplier<CompletableFuture<T>> step) {
        return CompletableFuture.supplyAsync(step, session.loop()).thenCompose(running -> running);
    }

    private CompletableFuture<FtpReply> run() {
        checkNotFailed();
        return on(source, () -> Files.size(source, from))
                .thenCompose(size -> on(target, target::binary)
                        .thenCompose(ready -> moveProtected())
                        .thenCompose(reply -> on(target, () -> publish(size)).thenApply(published -> reply)))
                .handle((reply, failure) -> failure == null
                        ? CompletableFuture.completedFuture(reply)
                        : on(target, () -> cleanUp(Futures.unwrap(failure))))
                .thenCompose(next -> next);
    }

    private CompletableFuture<FtpReply> moveProtected() {
        return handshakeClient()
                .thenCompose(asked -> move(asked == target && !target.has("SSCN") ? "CPSV" : "PASV")
                        .handle((reply, failure) -> endHandshakeRole(asked).thenApply(ended -> {
                            if (failure != null) {
                                throw new CompletionException(Futures.unwrap(failure));
                            }
                            return reply;
                        }))
                        .thenCompose(next -> next));
    }

    /** Under its name only when it is as long as the other. */
    private CompletableFuture<FtpReply> publish(OptionalLong size) {
        return Files.size(target, part).thenCompose(copied -> {
            checkNotFailed();
            if (size.isPresent() && copied.isPresent() && size.getAsLong() != copied.getAsLong()) {
                return CompletableFuture.failedFuture(new TruncatedTransferException(
                        "STOR " + to + ": the copy has " + copied.getAsLong() + " of " + size.getAsLong() + " octets",
                        null,
                        copied.getAsLong(),
                        size.getAsLong()));
            }
            return Replacement.by(target, part, to);
        });
    }

    private void checkNotFailed() {
        Throwable cause = failed.get();
        if (cause != null) {
            throw new CompletionException(cause);
        }
    }

    private CompletableFuture<FtpReply> cleanUp(Throwable cause) {
        CompletableFuture<FtpReply> result = CompletableFuture.failedFuture(cause);
        return received.hasBegun() && target.control().isOpen()
                ? target.tried("DELE", part).handle((reply, failure) -> result).thenCompose(same -> same)
                : result;
    }

    /** Which of the two is the client of TLS's handshake; null without TLS. */
    private CompletableFuture<@Nullable ClientSession> handshakeClient() {
        if (source.protectsData() != target.protectsData()) {
            return CompletableFuture.failedFuture(new FtpException(
                    "data connections of one of the sessions are protected, and the other's not", null, false));
        }
        if (!source.protectsData()) {
            return CompletableFuture.completedFuture(null);
        }
        for (ClientSession session : new ClientSession[] {source, target}) {
            if (session.has("SSCN")) {
                return on(session, () -> session.command("SSCN", "ON")).thenApply(reply -> session);
            }
        }
        if (target.has("CPSV")) {
            return CompletableFuture.completedFuture(target);
        }
        return CompletableFuture.failedFuture(new FtpException(
                "neither server can be the client of TLS on a data connection (SSCN, CPSV)", null, false));
    }

    /** A server that stays the client would wait for us to be the server, in each transfer to come. */
    private static CompletableFuture<?> endHandshakeRole(@Nullable ClientSession asked) {
        if (asked == null || !asked.has("SSCN")) {
            return CompletableFuture.completedFuture(null);
        }
        return on(asked, () -> asked.command("SSCN", "OFF")).exceptionally(failure -> {
            asked.close();
            return null;
        });
    }

    private CompletableFuture<FtpReply> move(String passive) {
        return on(target, () -> listen(passive))
                .thenCompose(address -> on(source, () -> announce(address)))
                .thenCompose(ready -> transfer());
    }

    /** As for our own data connections, only the port is taken from what the target says; behind a proxy nothing else is known of where it is. */
    private CompletableFuture<HostPort> listen(String passive) {
        checkNotFailed();
        boolean proxied = target.settings().proxy().isPresent();
        InetAddress address = target.control().remoteAddress().getAddress();
        boolean extended = !proxied && !(address instanceof Inet4Address);
        if (extended && passive.equals("CPSV")) {
            throw new CompletionException(
                    new FtpException("CPSV: there is none for IPv6, and the servers know no SSCN", null, false));
        }
        String verb = extended ? "EPSV" : passive;
        return target.command(verb, "").thenApply(reply -> {
            String text = String.join(" ", reply.lines());
            try {
                if (extended) {
                    return new HostPort(address, HostPort.parseEpsvReply(text));
                }
                HostPort told = HostPort.parsePasvReply(text);
                return proxied ? told : new HostPort(address, told.port());
            } catch (FtpSyntaxException e) {
                throw new CompletionException(new FtpProtocolException(verb + ": no port in " + reply, e));
            }
        });
    }

    private CompletableFuture<FtpReply> announce(HostPort address) {
        return address.isIpv4() ? source.command("PORT", address.toPort()) : source.command("EPRT", address.toEprt());
    }

    private CompletableFuture<FtpReply> transfer() {
        return CompletableFuture.runAsync(received::start, target.loop())
                .thenRunAsync(sent::start, source.loop())
                .thenCompose(started -> CompletableFuture.allOf(received.reply(), sent.reply()))
                .handle((both, failure) -> {
                    checkNotFailed();
                    return received.reply().join();
                });
    }
}
