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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session that is logged in. {@link #submit}, {@link #close} and what is final from any thread, all else on the event loop. */
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
    private final Learned learned = new Learned();
    private TransferType type;

    /** What login has found out. */
    record SessionFacts(ServerFeatures features, boolean protectsData, boolean compresses, TransferType type) {}

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
        this.type = facts.type();
        control.closed().thenAccept(cause -> {
            operations.close(cause);
            if (security != null) {
                security.close();
            }
        });
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
        return control.closed();
    }

    /** A command whose reply has to be positive. Within an operation. */
    public CompletableFuture<FtpReply> command(String verb, String argument) {
        return control.send(verb, argument).thenApply(reply -> {
            if (!reply.isPositive()) {
                throw new CompletionException(refused(verb, argument, reply));
            }
            return reply;
        });
    }

    /** A command whose reply may be any. Within an operation. */
    public CompletableFuture<FtpReply> tried(String verb, String argument) {
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
        control.closed().thenAccept(cause -> done.complete(null));
        submit(() -> {
            control.leaving();
            control.send("QUIT", "").whenComplete((reply, failure) -> close());
            loop().schedule(this::close, QUIT_PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            return done;
        });
        return done;
    }

    /** Ends the connection at once; what is under way fails. From any thread. */
    public void close() {
        FtpConnectionException cause = new FtpConnectionException("the session has been closed", null);
        if (loop().inEventLoop()) {
            control.close(cause);
            return;
        }
        try {
            loop().execute(() -> control.close(cause));
        } catch (RejectedExecutionException e) {
            // the client is closed, and with it the connection
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
    public CompletableFuture<?> type(TransferType wanted) {
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
