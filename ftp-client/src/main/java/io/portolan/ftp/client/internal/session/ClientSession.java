package io.portolan.ftp.client.internal.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.codec.AsciiHandler;
import io.portolan.core.internal.codec.DeflateHandler;
import io.portolan.core.internal.codec.InflateHandler;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.security.ClientSessionSecurity;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpTimeouts;
import io.portolan.ftp.client.ServerFeatures;
import io.portolan.ftp.client.internal.ClientSettings;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ftp.client.internal.data.DataConnector;
import io.portolan.ftp.client.internal.transfer.DataTransfer;
import io.portolan.ftp.client.internal.transfer.TransferHost;
import io.portolan.ftp.client.internal.transfer.TransferOutcome;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session that is logged in, for one user of it: where it is pooled, the next gets {@linkplain #renew another one} over the same connection. {@link #submit}, {@link #close} and what is final from any thread, all else on the
 * event loop.
 */
public final class ClientSession implements TransferHost {

    /** MODE Z: octets out per octet in, above the 1,030 that zlib reaches with zeros only. */
    private static final int MAX_INFLATION = 1032;

    private static final int COMPRESSION_LEVEL = -1;

    /** How long the server may take to say good-bye. */
    private static final Duration QUIT_PATIENCE = Duration.ofSeconds(2);

    private final ClientSettings settings;
    private final ControlConnection control;
    private final WorkerLane lane;
    private final OperationQueue operations;
    private final DataConnector connector;
    private final @Nullable ClientSessionSecurity security;
    private final SessionFacts facts;
    private final Learned learned;
    private final Holder holder;
    private final CompletableFuture<FtpException> ended = new CompletableFuture<>();
    /** What the server takes data for now; null if that is not known any more. */
    private @Nullable TransferType type;

    private @Nullable Consumer<FtpException> underWay;
    private boolean directoryChanged;
    private boolean changed;

    /** What login has found out. */
    record SessionFacts(ServerFeatures features, boolean protectsData, boolean compresses, TransferType type) {}

    /** Who has a connection now, and hears of its end. On its event loop. */
    private static final class Holder {
        private ClientSession now;

        Holder(ClientSession first) {
            this.now = first;
        }
    }

    ClientSession(
            ClientSettings settings,
            ControlConnection control,
            WorkerLane lane,
            DataConnector connector,
            @Nullable ClientSessionSecurity security,
            SessionFacts facts) {
        this.settings = settings;
        this.control = control;
        this.lane = lane;
        this.operations = new OperationQueue(control.loop());
        this.connector = connector;
        this.security = security;
        this.facts = facts;
        this.learned = new Learned();
        this.type = facts.type();
        this.holder = new Holder(this);
        control.closed().thenAccept(cause -> {
            holder.now.end(cause);
            if (security != null) {
                security.close();
            }
        });
    }

    /** The next one's. */
    private ClientSession(ClientSession before) {
        settings = before.settings;
        control = before.control;
        lane = before.lane;
        operations = new OperationQueue(control.loop());
        connector = before.connector;
        security = before.security;
        facts = before.facts;
        learned = before.learned;
        type = before.type;
        holder = before.holder;
        holder.now = this;
    }

    /**
     * The connection for somebody else, in the state in which it was after login; this session is over for those who have it.
     *
     * @param home where login leads to, if that is known
     * @return fails if something is still under way or has been changed that nobody knows how to change back
     */
    public CompletableFuture<ClientSession> renew(Optional<String> home) {
        if (ended.isDone() || changed || !operations.isIdle() || directoryChanged && home.isEmpty()) {
            return CompletableFuture.failedFuture(new FtpConnectionException("the session cannot be used again", null));
        }
        end(new FtpConnectionException("the session has been given back to its pool", null));
        ClientSession next = new ClientSession(this);
        if (!directoryChanged) {
            return CompletableFuture.completedFuture(next);
        }
        return next.submit(() -> next.command("CWD", home.get())).handle((reply, failure) -> {
            if (failure != null) {
                next.close();
                throw new CompletionException(failure);
            }
            next.directoryChanged = false;
            return next;
        });
    }

    private void end(FtpException cause) {
        operations.close(cause);
        Consumer<FtpException> transfer = underWay;
        if (transfer != null) {
            // what is left of it would need the lane, which closes now
            transfer.accept(cause);
        }
        ended.complete(cause);
    }

    @Override
    public void underWay(@Nullable Consumer<FtpException> transfer) {
        underWay = transfer;
    }

    public ClientSettings settings() {
        return settings;
    }

    public ServerFeatures features() {
        return facts.features();
    }

    /** Whether data connections are protected. */
    public boolean protectsData() {
        return security != null && facts.protectsData();
    }

    /** What was found out by trying. */
    public Learned learned() {
        return learned;
    }

    /** Queues an operation: see {@link OperationQueue#submit}. */
    public <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> task) {
        return operations.submit(task);
    }

    /** Completes with why, on the event loop, when the session is over. */
    public CompletableFuture<FtpException> closed() {
        return ended;
    }

    /** Completes with why, on the event loop, when the connection is over, whoever has it then. */
    public CompletableFuture<FtpException> connectionClosed() {
        return control.closed();
    }

    /** Something has been done that may have changed anything. */
    public void changed() {
        changed = true;
        type = null;
    }

    /** TYPE I, at once. SIZE and hashes are told of a file as the representation has it. */
    public CompletableFuture<Void> binary() {
        CompletableFuture<Void> agreed = type(TransferType.IMAGE);
        control.flush();
        return agreed;
    }

    /** A command whose reply has to be positive. Within an operation. */
    public CompletableFuture<FtpReply> command(String verb, String argument) {
        return tried(verb, argument).thenApply(reply -> {
            if (!reply.isPositive()) {
                throw new CompletionException(refused(verb, argument, reply));
            }
            return reply;
        });
    }

    /** A command whose reply may be any. Within an operation. */
    public CompletableFuture<FtpReply> tried(String verb, String argument) {
        directoryChanged |= verb.equals("CWD");
        return control.send(verb, argument);
    }

    /** As {@link #command} for what may take as long as a transfer's final reply, such as a hash. */
    public CompletableFuture<FtpReply> slowCommand(String verb, String argument) {
        return control.sendSlow(verb, argument, settings.timeouts().finalReply())
                .thenApply(reply -> {
                    if (!reply.isPositive()) {
                        throw new CompletionException(refused(verb, argument, reply));
                    }
                    return reply;
                });
    }

    /** The exception for a reply. */
    public static FtpReplyException refused(String verb, String argument, FtpReply reply) {
        return new FtpReplyException(new io.portolan.core.internal.codec.FtpRequest(verb, argument).toString(), reply);
    }

    /** A transfer, to be begun within an operation. */
    public DataTransfer transfer(TransferRequest request) {
        return new DataTransfer(this, request);
    }

    /** A transfer of which nobody needs to know before its end. Within an operation. */
    public CompletableFuture<TransferOutcome> run(TransferRequest request) {
        return transfer(request).start();
    }

    /** QUIT when all that was asked for is done, and the end of the connection. From any thread. */
    public CompletableFuture<Void> quit() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        ended.thenAccept(cause -> done.complete(null));
        submit(() -> {
                    control.leaving();
                    control.send("QUIT", "").whenComplete((reply, failure) -> close());
                    loop().schedule(this::close, QUIT_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
                    return done;
                })
                .whenComplete((gone, refused) -> {
                    if (refused != null) {
                        done.completeExceptionally(refused);
                    }
                });
        return done;
    }

    /** Ends the connection at once; what is under way fails. From any thread. */
    public void close() {
        FtpConnectionException cause = new FtpConnectionException("the session has been closed", null);
        if (loop().inEventLoop()) {
            closeFor(cause);
            return;
        }
        try {
            loop().execute(() -> closeFor(cause));
        } catch (RejectedExecutionException e) {
            // the client is closed, and with it the connection
        }
    }

    private void closeFor(FtpConnectionException cause) {
        if (holder.now == this) {
            control.close(cause);
        }
    }

    public EventLoop loop() {
        return control.loop();
    }

    // --- for transfers

    @Override
    public ControlConnection control() {
        return control;
    }

    @Override
    public WorkerLane lane() {
        return lane;
    }

    @Override
    public DataConnector connector() {
        return connector;
    }

    @Override
    public FtpTimeouts timeouts() {
        return settings.timeouts();
    }

    @Override
    public Optional<Duration> keepAlive() {
        return settings.keepAlive();
    }

    @Override
    public boolean isPipelining() {
        return settings.isPipelining();
    }

    @Override
    public boolean has(String feature) {
        return facts.features().has(feature);
    }

    @Override
    public CompletableFuture<Void> type(TransferType wanted) {
        if (wanted == type) {
            return CompletableFuture.completedFuture(null);
        }
        return control.write("TYPE", wanted.argument()).thenAccept(reply -> {
            if (!reply.isPositive()) {
                throw new CompletionException(refused("TYPE", wanted.argument(), reply));
            }
            type = wanted;
        });
    }

    @Override
    public void prepare(Channel data, TransferType representation, boolean incoming) {
        ChannelPipeline pipeline = data.pipeline();
        if (security != null && facts.protectsData()) {
            security.protectData(pipeline, incoming);
        }
        if (facts.compresses()) {
            pipeline.addLast(
                    "modeZ",
                    incoming
                            ? new InflateHandler(MAX_INFLATION, Long.MAX_VALUE)
                            : new DeflateHandler(COMPRESSION_LEVEL));
        }
        if (representation == TransferType.ASCII) {
            pipeline.addLast("ascii", new AsciiHandler());
        }
    }
}
