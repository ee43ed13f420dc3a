package io.portolan.ftp.client.internal.transfer;

import io.netty.channel.Channel;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpTimeouts;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ftp.client.internal.data.DataConnector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The session that a transfer belongs to. Event loop only. */
public interface TransferHost {

    ControlConnection control();

    WorkerLane lane();

    DataConnector connector();

    FtpTimeouts timeouts();

    /** How often to speak on the control connection meanwhile. */
    Optional<Duration> keepAlive();

    /** Whether commands may be sent ahead of the replies to those before. */
    boolean isPipelining();

    /** Whether the server has told that it knows a command. */
    boolean has(String feature);

    /** Lets the representation type be this; what has been agreed upon costs nothing. */
    CompletableFuture<Void> type(TransferType type);

    /** Puts what the session wants (TLS, MODE Z, TYPE A) into the pipeline of a data connection. */
    void prepare(Channel data, TransferType type, boolean incoming);

    /** What is under way is to hear of the end of the control connection, whatever it has been told there before; null for nothing. On the event loop. */
    void underWay(@Nullable Consumer<FtpException> transfer);
}
