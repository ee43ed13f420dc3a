package io.portolan.ftps.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * By the JDK's TLS, whose tickets nobody else can read. A session that it has in its memory it knows by its number; for a ticket an engine of the session's own context is shown the hello, one that has no keys (see
 * {@link KeysForTrials}): if it answers all the same, it resumes. That costs no signature, leaves nothing behind, and runs on a worker.
 */
final class JdkClaim extends HelloClaim {

    private static final int RECORD_HEADER = 5;
    private static final int HANDSHAKE = 22;

    /** Behind the header of the record, that of the message, and the version. */
    private static final int RANDOM_AT = RECORD_HEADER + 4 + 2;

    /** How the random begins of a server hello that only asks for another client hello (RFC 8446 §4.1.3), from which nothing can be told. */
    private static final byte[] RETRY = {(byte) 0xcf, 0x21, (byte) 0xad, 0x74, (byte) 0xe5, (byte) 0x9a, 0x61, 0x11};

    private final SSLContext context;
    private final Supplier<SSLEngine> trials;
    private final Executor workers;

    JdkClaim(SSLContext context, Supplier<SSLEngine> trials, Executor workers) {
        this.context = context;
        this.trials = trials;
        this.workers = workers;
    }

    @Override
    CompletionStage<Verdict> judge(ClientHello hello, byte[] said) {
        if (Stream.concat(hello.sessionId().stream(), hello.tickets().stream()).anyMatch(this::isInMemory)) {
            return verdict(true);
        }
        if (hello.tickets().isEmpty()) {
            return verdict(false);
        }
        return CompletableFuture.supplyAsync(() -> resumes(said) ? Verdict.OWN : Verdict.FOREIGN, workers);
    }

    private boolean isInMemory(byte[] number) {
        return number.length > 0 && context.getServerSessionContext().getSession(number) != null;
    }

    private boolean resumes(byte[] said) {
        SSLEngine engine = trials.get();
        try {
            ByteBuffer records = ByteBuffer.wrap(said);
            ByteBuffer nothing = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            engine.beginHandshake();
            while (records.hasRemaining() && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
                int before = records.position();
                engine.unwrap(records, nothing);
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                if (records.position() == before) {
                    return false;
                }
            }
            ByteBuffer answer = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), answer);
            return isServerHello(answer.flip());
        } catch (SSLException e) {
            return false;
        }
    }

    private static boolean isServerHello(ByteBuffer answer) {
        if (answer.remaining() < RANDOM_AT + RETRY.length || answer.get(0) != HANDSHAKE) {
            return false;
        }
        byte[] random = new byte[RETRY.length];
        answer.get(RANDOM_AT, random);
        return !Arrays.equals(random, RETRY);
    }
}
