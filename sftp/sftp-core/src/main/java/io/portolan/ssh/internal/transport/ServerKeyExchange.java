package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.kex.GroupRequest;
import io.portolan.ssh.internal.kex.KeyDerivation;
import io.portolan.ssh.internal.kex.ModpGroup;
import io.portolan.ssh.internal.kex.ServerExchange;
import io.portolan.ssh.internal.kex.SharedSecret;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.security.GeneralSecurityException;
import java.util.List;

/** The server's part: it answers the client's share with its own and signs what both have seen (RFC 5656 section 4). */
final class ServerKeyExchange extends KeyExchange {

    private final List<HostKey> hostKeys;

    ServerKeyExchange(KexSurroundings around, Start start, List<HostKey> hostKeys) {
        super(around, start);
        this.hostKeys = hostKeys;
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once
    private record Answer(byte[] reply, byte[] hash, DirectionKeys keys) {}

    @Override
    boolean isServer() {
        return true;
    }

    @Override
    void begin(Agreed agreement) {
        moveTo(agreement.method().exchangesGroup() ? KexStep.AWAIT_GROUP_REQUEST : KexStep.AWAIT_CLIENT_SHARE);
    }

    @Override
    void receiveGroup(SshReader message, Agreed agreement) throws SshProtocolException {
        GroupRequest request = GroupRequest.read(message);
        ModpGroup group = request.choose();
        inGroup(agreement, request, group);
        SshWriter answer = new SshWriter(GroupRequest.MAX_BITS / Byte.SIZE + 16)
                .writeByte(SshMessageNumber.KEX_DH_GEX_GROUP.number());
        group.write(answer);
        around.send(answer.toByteArray());
        moveTo(KexStep.AWAIT_CLIENT_SHARE_IN_GROUP);
    }

    @Override
    void receiveShare(SshReader message, Agreed agreement) throws SshProtocolException {
        byte[] share = message.readString();
        message.expectEnd();
        HostKey hostKey = hostKeys.stream()
                .filter(key -> key.algorithm().equals(agreement.negotiation().hostKey()))
                .findFirst()
                .orElseThrow();
        moveTo(KexStep.ANSWER);
        around.compute(() -> answer(agreement, hostKey, share), (answer, failure) -> {
            if (answer == null) {
                around.failed(failure == null ? new IllegalStateException("no answer") : failure);
                return;
            }
            around.send(answer.reply());
            finish(answer.hash(), hostKey.blob(), answer.keys());
        });
    }

    private static int replyNumber(Agreed agreement) {
        return (agreement.method().exchangesGroup()
                        ? SshMessageNumber.KEX_DH_GEX_REPLY
                        : SshMessageNumber.KEX_ECDH_REPLY)
                .number();
    }

    private Answer answer(Agreed agreement, HostKey hostKey, byte[] clientShare)
            throws SshProtocolException, GeneralSecurityException {
        ServerExchange exchange = agreement.method().answer(clientShare, random);
        try (SharedSecret secret = exchange.secret()) {
            byte[] hash = agreement
                    .transcript()
                    .hash(agreement.method(), hostKey.blob(), clientShare, exchange.share(), secret);
            byte[] signature = hostKey.keyPair().sign(hostKey.signatureAlgorithm(), hash);
            byte[] reply = new SshWriter(hostKey.blob().length + exchange.share().length + signature.length + 13)
                    .writeByte(replyNumber(agreement))
                    .writeString(hostKey.blob())
                    .writeString(exchange.share())
                    .writeString(signature)
                    .toByteArray();
            KeyDerivation derivation = new KeyDerivation(agreement.method(), secret, hash, sessionId(hash));
            return new Answer(reply, hash, DirectionKeys.derive(agreement.negotiation(), derivation));
        }
    }
}
