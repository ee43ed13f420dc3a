package io.portolan.ssh.internal.connection;

import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshKeyPair;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients which keys the server has, so that they know a new one before an old one goes, and proves that it has them (OpenSSH's PROTOCOL, section 2.5, and
 * draft-miller-sshm-hostkey-update). For one connection, on its event loop; signatures are made on a worker.
 *
 * <p>OpenSSH tells every client, right after login. There are others that end the connection at a global request which they do not know, though RFC 4254 section 4 has
 * them ignore it; so only those are told who are known to make use of it.
 */
public final class HostKeyProofs implements GlobalRequests {

    /** The request by which a server tells its keys. */
    public static final String ANNOUNCEMENT = "hostkeys-00@openssh.com";

    /** The request by which a client asks for proofs. */
    public static final String PROOF = "hostkeys-prove-00@openssh.com";

    /** A client asks once, for the keys that are new to it; each proof costs us a signature. */
    static final int MAX_PROOFS = 4;

    private static final List<String> TAKERS = List.of("SSH-2.0-OpenSSH_", "SSH-2.0-AsyncSSH_", "SSH-2.0-Portolan");
    private static final String RSA = "ssh-rsa";

    private final List<SshKeyPair> keys;
    private final byte[] sessionId;
    private final String exchangeAlgorithm;
    private final WorkerLane lane;
    private final EventExecutor loop;
    private int asked;

    /**
     * For a connection.
     *
     * @param keys the server's, without certificates
     * @param sessionId the connection's
     * @param exchangeAlgorithm by which the host signed in the first key exchange
     * @param lane where signatures are made
     * @param loop the connection's event loop
     */
    public HostKeyProofs(
            List<SshKeyPair> keys, byte[] sessionId, String exchangeAlgorithm, WorkerLane lane, EventExecutor loop) {
        this.keys = List.copyOf(keys);
        this.sessionId = sessionId.clone();
        this.exchangeAlgorithm = SshCertificate.isCertificate(exchangeAlgorithm)
                ? SshCertificate.withoutSuffix(exchangeAlgorithm)
                : exchangeAlgorithm;
        this.lane = lane;
        this.loop = loop;
    }

    /** Whether a client with this identification is to be told. */
    public static boolean isTold(String remoteVersion) {
        return TAKERS.stream().anyMatch(remoteVersion::startsWith);
    }

    /** What the announcement has behind {@code want reply}: all keys. */
    public byte[] announcement() {
        SshWriter writer = new SshWriter();
        keys.forEach(pair -> writer.writeString(pair.publicKey().blob()));
        return writer.toByteArray();
    }

    @Override
    public boolean received(String name, SshReader arguments, Reply reply) throws SshProtocolException {
        if (!name.equals(PROOF)) {
            return false;
        }
        List<SshKeyPair> wanted = wanted(arguments);
        if (wanted.isEmpty() || asked == MAX_PROOFS) {
            return false;
        }
        asked++;
        lane.call(() -> signatures(wanted), loop, (signatures, failure) -> {
            if (signatures == null) {
                reply.failure();
            } else {
                reply.success(signatures);
            }
        });
        return true;
    }

    /** The keys that are asked for, in that order; none if one of them is not ours, or one comes twice. */
    private List<SshKeyPair> wanted(SshReader arguments) throws SshProtocolException {
        List<SshKeyPair> wanted = new ArrayList<>();
        while (arguments.remaining() > 0) {
            SshKeyPair found = find(arguments.readString(SshPublicKey.MAX_BLOB_OCTETS));
            if (found == null || wanted.contains(found)) {
                return List.of();
            }
            wanted.add(found);
        }
        return wanted;
    }

    private @Nullable SshKeyPair find(byte[] blob) {
        for (SshKeyPair pair : keys) {
            if (Arrays.equals(pair.publicKey().blob(), blob)) {
                return pair;
            }
        }
        return null;
    }

    private byte[] signatures(List<SshKeyPair> wanted) {
        SshWriter all = new SshWriter();
        for (SshKeyPair pair : wanted) {
            byte[] signed = new SshWriter()
                    .writeString(PROOF)
                    .writeString(sessionId)
                    .writeString(pair.publicKey().blob())
                    .toByteArray();
            all.writeString(pair.sign(algorithm(pair.publicKey()), signed));
        }
        return all.toByteArray();
    }

    /** With an RSA key OpenSSH takes that of the key exchange only, if that was one of RSA's. */
    private String algorithm(SshPublicKey key) {
        List<String> all = key.signatureAlgorithms();
        return key.type().equals(RSA) && all.contains(exchangeAlgorithm) ? exchangeAlgorithm : all.get(0);
    }
}
