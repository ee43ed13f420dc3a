package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.kex.ClientExchange;
import io.portolan.ssh.internal.kex.GroupRequest;
import io.portolan.ssh.internal.kex.KeyDerivation;
import io.portolan.ssh.internal.kex.ModpGroup;
import io.portolan.ssh.internal.kex.SharedSecret;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** The client's part: it sends its share first, and goes on only when the server's signature is right and the server is the one it means. */
final class ClientKeyExchange extends KeyExchange {

    private final HostKeyVerifier verifier;
    private @Nullable ClientExchange pending;

    ClientKeyExchange(KexSurroundings around, Start start, HostKeyVerifier verifier) {
        super(around, start);
        this.verifier = verifier;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once
    private record Verified(byte[] hash, DirectionKeys keys) {}

    @Override
    boolean isServer() {
        return false;
    }

    @Override
    void begin(Agreed agreement) {
        if (agreement.method().exchangesGroup()) {
            SshWriter request = new SshWriter(13).writeByte(SshMessageNumber.KEX_DH_GEX_REQUEST.number());
            GroupRequest.OURS.write(request);
            around.send(request.toByteArray());
            moveTo(KexStep.AWAIT_GROUP);
        } else {
            sendShare(agreement, SshMessageNumber.KEX_ECDH_INIT, KexStep.AWAIT_SERVER_SHARE);
        }
    }

    @Override
    void receiveGroup(SshReader message, Agreed agreement) throws SshProtocolException {
        GroupRequest request = GroupRequest.OURS;
        Agreed grouped = inGroup(agreement, request, ModpGroup.read(message, request));
        sendShare(grouped, SshMessageNumber.KEX_DH_GEX_INIT, KexStep.AWAIT_SERVER_SHARE_IN_GROUP);
    }

    private void sendShare(Agreed agreement, SshMessageNumber number, KexStep next) {
        moveTo(KexStep.PREPARE);
        around.compute(() -> agreement.method().begin(random), (begun, failure) -> {
            if (begun == null) {
                around.failed(failure == null ? new IllegalStateException("no share") : failure);
                return;
            }
            pending = begun;
            around.send(new SshWriter()
                    .writeByte(number.number())
                    .writeString(begun.share())
                    .toByteArray());
            moveTo(next);
        });
    }

    @Override
    void receiveShare(SshReader message, Agreed agreement) throws SshProtocolException {
        byte[] hostKey = message.readString();
        byte[] share = message.readString();
        byte[] signature = message.readString();
        message.expectEnd();
        ClientExchange begun = pending;
        if (begun == null) {
            throw new IllegalStateException("no share was sent");
        }
        pending = null;
        moveTo(KexStep.VERIFY);
        around.compute(() -> verify(agreement, begun, hostKey, share, signature), (verified, failure) -> {
            if (verified == null) {
                around.failed(failure == null ? new IllegalStateException("not verified") : failure);
                return;
            }
            finish(verified.hash(), hostKey, verified.keys());
        });
    }

    private Verified verify(
            Agreed agreement, ClientExchange begun, byte[] hostKey, byte[] serverShare, byte[] signature)
            throws IOException, GeneralSecurityException, HostRefusedException {
        String algorithm = agreement.negotiation().hostKey();
        try (SharedSecret secret = begun.finish(serverShare)) {
            byte[] hash = agreement.transcript().hash(agreement.method(), hostKey, begun.share(), serverShare, secret);
            verifyHost(algorithm, hostKey, hash, signature);
            KeyDerivation derivation = new KeyDerivation(agreement.method(), secret, hash, sessionId(hash));
            return new Verified(hash, DirectionKeys.derive(agreement.negotiation(), derivation));
        }
    }

    private void verifyHost(String algorithm, byte[] hostKey, byte[] hash, byte[] signature)
            throws IOException, HostRefusedException {
        if (!SshCertificate.isCertificate(algorithm)) {
            SshPublicKey key = SshPublicKey.decode(hostKey);
            verifySignature(key, algorithm, hash, signature);
            ask(() -> verifier.verify(algorithm, key));
            return;
        }
        SshCertificate certificate = SshCertificate.decode(hostKey);
        verifySignature(certificate.key(), SshCertificate.withoutSuffix(algorithm), hash, signature);
        ask(() -> verifier.verifyCertificate(algorithm, certificate));
    }

    /** A question for the verifier. */
    private interface Question {
        void ask() throws IOException;
    }

    private static void ask(Question question) throws HostRefusedException {
        try {
            question.ask();
        } catch (IOException | RuntimeException e) {
            throw new HostRefusedException(e);
        }
    }

    private static void verifySignature(SshPublicKey key, String algorithm, byte[] hash, byte[] signature)
            throws SshProtocolException {
        if (!key.signatureAlgorithms().contains(algorithm) || !key.verify(algorithm, hash, signature)) {
            throw new SshProtocolException(DisconnectReason.HOST_KEY_NOT_VERIFIABLE, "the server's signature is wrong");
        }
    }
}
