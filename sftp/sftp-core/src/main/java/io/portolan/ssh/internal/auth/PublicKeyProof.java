package io.portolan.ssh.internal.auth;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SshPublicKey;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public key, with a signature or just asked about (RFC 4252 section 7, RFC 8332, OpenSSH's PROTOCOL section 3). The authenticator sees a key as {@code signed} only when the
 * signature covers this connection and this very request.
 */
@SuppressWarnings("ArrayRecordComponent") // internal, never changed, never compared
record PublicKeyProof(
        String user,
        String service,
        String method,
        String algorithm,
        byte[] blob,
        byte @Nullable [] hostKey,
        byte @Nullable [] signature,
        Connection connection)
        implements Proof {

    /**
     * What signatures have to do with.
     *
     * @param sessionId that of the connection
     * @param hostKey by which the server has shown who it is
     * @param algorithms what keys may sign with
     */
    record Connection(byte[] sessionId, byte[] hostKey, List<String> algorithms) {}

    /** Reads the rest of a request. */
    static PublicKeyProof read(UserAuthRequest request, SshReader reader, Connection connection)
            throws SshProtocolException {
        boolean signed = reader.readBoolean();
        String algorithm = reader.readName();
        byte[] blob = reader.readString(SshPublicKey.MAX_BLOB_OCTETS);
        byte[] hostKey = request.method().equals(AuthMethod.HOST_BOUND) ? reader.readString() : null;
        byte[] signature = signed ? reader.readString() : null;
        reader.expectEnd();
        return new PublicKeyProof(
                request.user(), request.service(), request.method(), algorithm, blob, hostKey, signature, connection);
    }

    boolean isQuery() {
        return signature == null;
    }

    /** Nobody guesses a key; what such attempts cost is limited by their number. */
    @Override
    public boolean isGuess() {
        return false;
    }

    @Override
    public Outcome decide(Decider decider) throws Exception {
        if (!connection.algorithms().contains(algorithm)) {
            return Outcome.Refused.because("a key with the algorithm " + algorithm);
        }
        if (hostKey != null && !MessageDigest.isEqual(hostKey, connection.hostKey())) {
            return Outcome.Refused.because("a request that is meant for a server with another host key");
        }
        SshPublicKey key;
        try {
            key = SshPublicKey.decode(blob);
        } catch (SshProtocolException e) {
            // the client may have better ones
            return Outcome.Refused.because("a key that is not taken: " + e.getMessage());
        }
        if (!key.type().equals(KeyAlgorithms.keyType(algorithm))) {
            return Outcome.Refused.because("a key of another type than its algorithm says");
        }
        byte[] signed = signature;
        if (signed == null) {
            return query(decider, key);
        }
        return isSignedBy(key, signed) ? verified(decider, key) : Outcome.Refused.because("a wrong signature");
    }

    private boolean isSignedBy(SshPublicKey key, byte[] signed) {
        try {
            return key.verify(KeyAlgorithms.signatureAlgorithm(algorithm), signedData(), signed);
        } catch (SshProtocolException e) {
            return false;
        }
    }

    private static Outcome query(Decider decider, SshPublicKey key) throws Exception {
        AuthenticationResult result = decider.ask(new Credentials.PublicKey(key.type(), key.blob(), false));
        return result instanceof AuthenticationResult.Accepted || result instanceof AuthenticationResult.Continue
                ? new Outcome.KeyWouldDo()
                : Outcome.Refused.because(Proof.reason(result));
    }

    private static Outcome verified(Decider decider, SshPublicKey key) throws Exception {
        Optional<String> fingerprint = Optional.of(key.fingerprint());
        AuthenticationResult result = decider.ask(new Credentials.PublicKey(key.type(), key.blob(), true));
        if (result instanceof AuthenticationResult.Accepted accepted) {
            return new Outcome.Accepted(accepted.identity(), LoginRestrictions.of(accepted.identity()), fingerprint);
        }
        if (result instanceof AuthenticationResult.Continue more) {
            return new Outcome.MoreNeeded(more.prompts(), LoginRestrictions.none(), fingerprint);
        }
        return Outcome.Refused.because(Proof.reason(result));
    }

    private byte[] signedData() {
        SshWriter writer = new SshWriter()
                .writeString(connection.sessionId())
                .writeByte(SshMessageNumber.USERAUTH_REQUEST.number())
                .writeString(user)
                .writeString(service)
                .writeString(method)
                .writeBoolean(true)
                .writeString(algorithm)
                .writeString(blob);
        if (hostKey != null) {
            writer.writeString(hostKey);
        }
        return writer.toByteArray();
    }
}
