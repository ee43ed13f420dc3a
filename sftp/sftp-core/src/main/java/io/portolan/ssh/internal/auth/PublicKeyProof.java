package io.portolan.ssh.internal.auth;

import io.portolan.auth.AuthenticationResult;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SecurityKeyPublicKey;
import io.portolan.ssh.internal.key.SecurityKeyPublicKey.Assertion;
import io.portolan.ssh.internal.key.SshCertificate;
import io.portolan.ssh.internal.trust.TrustException;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.net.InetAddress;
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
     * @param source where the client is
     */
    record Connection(byte[] sessionId, byte[] hostKey, List<String> algorithms, InetAddress source) {}

    /** Reads the rest of a request. */
    static PublicKeyProof read(UserAuthRequest request, SshReader reader, Connection connection)
            throws SshProtocolException {
        boolean signed = reader.readBoolean();
        String algorithm = reader.readName();
        byte[] blob = reader.readString(SshCertificate.MAX_BLOB_OCTETS);
        byte[] hostKey = request.method().equals(UserAuthRequest.HOST_BOUND) ? reader.readString() : null;
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
        try {
            OfferedKey offered = OfferedKey.decode(blob, connection.source());
            if (!offered.type().equals(KeyAlgorithms.keyType(algorithm))) {
                return Outcome.Refused.because("a key of another type than its algorithm says");
            }
            byte[] signed = signature;
            return signed == null ? query(decider, offered) : signed(decider, offered, signed);
        } catch (SshProtocolException | TrustException e) {
            // the client may have better ones
            return Outcome.Refused.because("a key that is not taken: " + e.getMessage());
        }
    }

    private static Outcome query(Decider decider, OfferedKey offered) throws Exception {
        AuthenticationResult result = decider.ask(offered.credentials(false));
        return result instanceof AuthenticationResult.Accepted || result instanceof AuthenticationResult.Continue
                ? new Outcome.KeyWouldDo()
                : Outcome.Refused.because(Proof.reason(result));
    }

    private Outcome signed(Decider decider, OfferedKey offered, byte[] signed) throws Exception {
        String signatureAlgorithm = KeyAlgorithms.signatureAlgorithm(algorithm);
        if (!(offered.key() instanceof SecurityKeyPublicKey device)) {
            return offered.key().verify(signatureAlgorithm, signedData(), signed)
                    ? verified(decider, offered, Optional.empty())
                    : Outcome.Refused.because("a wrong signature");
        }
        Optional<Assertion> assertion = device.assertion(signatureAlgorithm, signedData(), signed);
        return assertion.isPresent()
                ? asserted(decider, offered, assertion.get())
                : Outcome.Refused.because("a wrong signature");
    }

    /** Whether the device has to be touched, and has to verify its user, the account says; before it is enough, the authenticator does not see a signed key. */
    private static Outcome asserted(Decider decider, OfferedKey offered, Assertion assertion) throws Exception {
        if (!assertion.userPresent() || !assertion.userVerified()) {
            AuthenticationResult result = decider.ask(offered.credentials(false));
            LoginRestrictions restrictions = result instanceof AuthenticationResult.Accepted accepted
                    ? offered.restrictions(accepted.identity())
                    : offered.restrictions();
            if (!isEnough(assertion, restrictions)) {
                return Outcome.Refused.because("a security key that was not touched, or has not verified its user");
            }
        }
        Outcome outcome = verified(decider, offered, Optional.of(assertion));
        return outcome instanceof Outcome.Accepted accepted && !isEnough(assertion, accepted.restrictions())
                ? Outcome.Refused.because("a security key that has not done what the account asks for")
                : outcome;
    }

    /** Whether a device has done what is asked for. */
    static boolean isEnough(Assertion assertion, LoginRestrictions restrictions) {
        return (assertion.userPresent() || !restrictions.isTouchRequired())
                && (assertion.userVerified() || !restrictions.isVerificationRequired());
    }

    private static Outcome verified(Decider decider, OfferedKey offered, Optional<Assertion> assertion)
            throws Exception {
        Optional<String> fingerprint = Optional.of(offered.key().fingerprint());
        AuthenticationResult result = decider.ask(offered.credentials(true));
        if (result instanceof AuthenticationResult.Accepted accepted) {
            return new Outcome.Accepted(
                    accepted.identity(), offered.restrictions(accepted.identity()), fingerprint, assertion);
        }
        if (result instanceof AuthenticationResult.Continue more) {
            return new Outcome.MoreNeeded(more.prompts(), offered.restrictions(), fingerprint, assertion);
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
