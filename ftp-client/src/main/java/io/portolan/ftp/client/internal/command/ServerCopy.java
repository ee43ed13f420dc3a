package io.portolan.ftp.client.internal.command;

import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpProtocolException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.internal.control.TransferExchange;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file from one server to another, which connect to each other (RFC 959, section 5.2): the target listens, the source connects to it. With TLS one of them has to be the client of the handshake, which SSCN or CPSV
 * asks it for. What one session does, it does on its own event loop.
 */
public final class ServerCopy {

    /** The longest copy: nothing is seen of its octets here, so a slow one cannot be told from one that stands still. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ClientSession source;
    private final String from;
    private final ClientSession target;
    private final String to;

    private ServerCopy(ClientSession source, String from, ClientSession target, String to) {
        this.source = source;
        this.from = from;
        this.target = target;
        this.to = to;
    }

    /** Queues the copy in both sessions, in an order that is the same for all: two copies in opposite directions must not wait for each other. It completes with what the target has said. */
    public static CompletableFuture<FtpReply> start(
            ClientSession source, String from, ClientSession target, String to) {
        if (source == target) {
            throw new IllegalArgumentException("target: is the same session, which does one thing at a time");
        }
        ServerCopy copy = new ServerCopy(source, from, target, to);
        boolean sourceFirst = source.control()
                        .channel()
                        .id()
                        .compareTo(target.control().channel().id())
                < 0;
        ClientSession first = sourceFirst ? source : target;
        ClientSession second = sourceFirst ? target : source;
        return first.submit(() -> toldOn(first.loop(), second.submit(() -> toldOn(second.loop(), copy.run()))));
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
        return on(source, () -> binary(source))
                .thenCompose(ready -> on(target, () -> binary(target)))
                .thenCompose(ready -> handshakeClient())
                .thenCompose(asked -> move(asked == target && !target.has("SSCN") ? "CPSV" : "PASV")
                        .handle((reply, failure) -> endHandshakeRole(asked).handle((ended, alsoFailed) -> {
                            if (failure != null) {
                                throw new CompletionException(Futures.unwrap(failure));
                            }
                            return reply;
                        }))
                        .thenCompose(next -> next));
    }

    private static CompletableFuture<Void> binary(ClientSession session) {
        CompletableFuture<Void> typed = session.type(TransferType.IMAGE).thenAccept(ready -> {});
        session.control().flush();
        return typed;
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

    private static CompletableFuture<?> endHandshakeRole(@Nullable ClientSession asked) {
        return asked == null || !asked.has("SSCN")
                ? CompletableFuture.completedFuture(null)
                : on(asked, () -> asked.command("SSCN", "OFF"));
    }

    private CompletableFuture<FtpReply> move(String passive) {
        return on(target, () -> listen(passive))
                .thenCompose(address -> on(source, () -> announce(address)))
                .thenCompose(ready -> transfer());
    }

    /** As for our own data connections, only the port is taken from what the target says. */
    private CompletableFuture<HostPort> listen(String passive) {
        InetAddress address = target.control().remoteAddress().getAddress();
        boolean extended = !(address instanceof Inet4Address);
        String verb = extended ? "EPSV" : passive;
        return target.command(verb, "").thenApply(reply -> {
            String text = String.join(" ", reply.lines());
            try {
                int port = extended
                        ? HostPort.parseEpsvReply(text)
                        : HostPort.parsePasvReply(text).port();
                return new HostPort(address, port);
            } catch (FtpSyntaxException e) {
                throw new CompletionException(new FtpProtocolException(verb + ": no port in " + reply, e));
            }
        });
    }

    private CompletableFuture<FtpReply> announce(HostPort address) {
        return address.isIpv4() ? source.command("PORT", address.toPort()) : source.command("EPRT", address.toEprt());
    }

    private CompletableFuture<FtpReply> transfer() {
        AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
        Half received = new Half(target, "STOR", to, first);
        Half sent = new Half(source, "RETR", from, first);
        received.other = sent;
        sent.other = received;
        return received.start()
                .thenCompose(started -> sent.start())
                .thenCompose(started -> CompletableFuture.allOf(received.reply, sent.reply))
                .handle((both, failure) -> {
                    Throwable cause = first.get();
                    if (cause != null) {
                        throw new CompletionException(cause);
                    }
                    return received.reply.join();
                });
    }

    /** What one of the servers says. On its loop. */
    private static final class Half implements TransferExchange.Listener {
        private final ClientSession session;
        private final String verb;
        private final String path;
        private final AtomicReference<@Nullable Throwable> first;
        private final CompletableFuture<FtpReply> reply = new CompletableFuture<>();
        private @Nullable Half other;
        private @Nullable TransferExchange exchange;

        /** A half. What has failed first of both goes to {@code first}: the rest follows from it. */
        Half(ClientSession session, String verb, String path, AtomicReference<@Nullable Throwable> first) {
            this.first = first;
            this.session = session;
            this.verb = verb;
            this.path = path;
        }

        CompletableFuture<Void> start() {
            return on(session, () -> {
                if (other != null && other.reply.isCompletedExceptionally()) {
                    // there is nobody any more to move anything to
                    reply.completeExceptionally(new FtpException(verb + " " + path + ": not begun", null, true));
                    return CompletableFuture.completedFuture(null);
                }
                try {
                    exchange = session.control().transfer(verb, path, this);
                } catch (IllegalArgumentException e) {
                    fail(e);
                    return CompletableFuture.completedFuture(null);
                }
                within(LONGEST);
                return CompletableFuture.completedFuture(null);
            });
        }

        private void within(Duration patience) {
            var late = session.loop()
                    .schedule(
                            () -> session.control()
                                    .close(new FtpTimeoutException(
                                            verb + " " + path + ": not done within " + patience, null)),
                            patience.toNanos(),
                            TimeUnit.NANOSECONDS);
            reply.whenComplete((done, failure) -> late.cancel(false));
        }

        @Override
        public void marked(FtpReply begun) {
            // nothing is done here with what moves
        }

        @Override
        public void answered(FtpReply answer) {
            if (answer.isPositive()) {
                reply.complete(answer);
                tellOther(half -> half.within(half.session.timeouts().finalReply()));
            } else {
                fail(ClientSession.refused(verb, path, answer));
            }
        }

        @Override
        public void lost(Throwable cause) {
            fail(cause);
        }

        private void fail(Throwable cause) {
            first.compareAndSet(null, cause);
            reply.completeExceptionally(cause);
            tellOther(Half::abort);
        }

        private void tellOther(Consumer<Half> what) {
            Half told = other;
            if (told != null) {
                told.session.loop().execute(() -> what.accept(told));
            }
        }

        private void abort() {
            TransferExchange running = exchange;
            if (running != null && !reply.isDone()) {
                running.abort();
                within(session.timeouts().abort());
            }
        }
    }
}
