package io.portolan.sftp.client.internal.hostkey;

import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ssh.internal.connection.GlobalRequests;
import io.portolan.ssh.internal.connection.HostKeyProofs;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns the other keys of a host that is trusted by one of them (OpenSSH's PROTOCOL, section 2.5): the host tells them, and proves by a signature over this session that it has those which are new. What cannot be
 * proved is not learnt, and what goes wrong is no reason to end the session. On the event loop, but for signatures and files.
 */
public final class HostKeyLearning implements GlobalRequests {

    /** Keys that a host may tell: it has one of each type, and in the time of a change two. */
    static final int MAX_KEYS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(HostKeyLearning.class);

    private final HostKeyJudge judge;
    private final byte[] sessionId;
    private final Asking asking;
    private final WorkerLane lane;
    private final EventExecutor loop;
    private boolean told;

    /** Asks the host for something. */
    @FunctionalInterface
    public interface Asking {

        /** As {@code SshConnectionHandler.ask} has it. */
        void ask(String name, byte[] arguments, Consumer<Optional<byte[]>> reply);
    }

    /**
     * For a connection.
     *
     * @param judge who has trusted the host
     * @param sessionId what proofs are bound to
     * @param asking asks for proofs
     * @param lane where they are verified
     * @param loop the connection's event loop
     */
    public HostKeyLearning(HostKeyJudge judge, byte[] sessionId, Asking asking, WorkerLane lane, EventExecutor loop) {
        this.judge = judge;
        this.sessionId = sessionId.clone();
        this.asking = asking;
        this.lane = lane;
        this.loop = loop;
    }

    @Override
    public boolean received(String name, SshReader arguments, Reply reply) throws SshProtocolException {
        if (!name.equals(HostKeyProofs.ANNOUNCEMENT) || told || !judge.learns()) {
            return false;
        }
        told = true;
        List<SshPublicKey> fresh = fresh(arguments);
        if (!fresh.isEmpty()) {
            SshWriter wanted = new SshWriter();
            fresh.forEach(key -> wanted.writeString(key.blob()));
            asking.ask(HostKeyProofs.PROOF, wanted.toByteArray(), proofs -> proofs.ifPresent(all -> learn(fresh, all)));
        }
        return false;
    }

    /** The keys that are new; none of a type that we cannot verify. */
    private List<SshPublicKey> fresh(SshReader arguments) throws SshProtocolException {
        List<SshPublicKey> fresh = new ArrayList<>();
        for (int count = 0; arguments.remaining() > 0; count++) {
            if (count == MAX_KEYS) {
                throw SshProtocolException.malformed("a host with more than " + MAX_KEYS + " keys");
            }
            byte[] blob = arguments.readString(SshPublicKey.MAX_BLOB_OCTETS);
            try {
                SshPublicKey key = SshPublicKey.decode(blob);
                if (judge.isNew(blob) && !fresh.contains(key)) {
                    fresh.add(key);
                }
            } catch (SshProtocolException e) {
                LOG.debug("A key that is not taken: {}", e.getMessage());
            }
        }
        return fresh;
    }

    private void learn(List<SshPublicKey> keys, byte[] proofs) {
        lane.<List<SshPublicKey>>call(
                () -> {
                    List<SshPublicKey> proved = proved(keys, new SshReader(proofs));
                    judge.learn(proved);
                    return proved;
                },
                loop,
                (proved, failure) -> {
                    if (failure != null) {
                        LOG.warn("New keys of {} are not learnt: {}", judge, failure.getMessage());
                    }
                });
    }

    private List<SshPublicKey> proved(List<SshPublicKey> keys, SshReader proofs) throws IOException {
        for (SshPublicKey key : keys) {
            byte[] signature = proofs.readString();
            byte[] signed = new SshWriter()
                    .writeString(HostKeyProofs.PROOF)
                    .writeString(sessionId)
                    .writeString(key.blob())
                    .toByteArray();
            String algorithm = new SshReader(signature).readName();
            if (!key.signatureAlgorithms().contains(algorithm) || !key.verify(algorithm, signed, signature)) {
                throw SshProtocolException.malformed("the host has not proved to have " + key.fingerprint());
            }
        }
        proofs.expectEnd();
        return keys;
    }
}
