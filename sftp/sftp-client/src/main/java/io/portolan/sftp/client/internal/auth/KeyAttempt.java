package io.portolan.sftp.client.internal.auth;

import io.portolan.ssh.internal.key.KeyFileException;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** By a key (RFC 4252 section 7, RFC 8332): with the signature at once, or after the server has said that the key would do. */
final class KeyAttempt implements Attempt {

    static final String METHOD = "publickey";

    private final LoginContext context;
    private final Signer signer;
    private final String algorithm;
    private final boolean asksFirst;
    private boolean signed;

    KeyAttempt(LoginContext context, Signer signer, String algorithm, boolean asksFirst) {
        this.context = context;
        this.signer = signer;
        this.algorithm = algorithm;
        this.asksFirst = asksFirst;
    }

    /** What kind of failure keeps a key from being used. */
    static LoginEvent.Kind problem(@Nullable Throwable failure) {
        if (!(failure instanceof KeyFileException file)) {
            return LoginEvent.Kind.NOT_MADE;
        }
        return switch (file.problem()) {
            case PASSPHRASE_NEEDED, PASSPHRASE_WRONG -> LoginEvent.Kind.PASSPHRASE;
            case MALFORMED, UNSUPPORTED -> LoginEvent.Kind.UNUSABLE;
        };
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String description() {
        return signer.name();
    }

    @Override
    public byte[] begin() throws IOException {
        return asksFirst ? fields(false).toByteArray() : sign();
    }

    @Override
    public byte[] answered(SshReader message) throws IOException {
        String wanted = message.readName();
        byte[] blob = message.readString();
        message.expectEnd();
        if (!asksFirst || signed) {
            throw SshProtocolException.malformed("the server says that a key would do of which it was not asked");
        }
        if (!wanted.equals(algorithm) || !MessageDigest.isEqual(blob, signer.blob())) {
            throw SshProtocolException.malformed("the server says that another key would do than it was asked");
        }
        return sign();
    }

    private SshWriter fields(boolean withSignature) {
        return context.request(METHOD)
                .writeBoolean(withSignature)
                .writeString(algorithm)
                .writeString(signer.blob());
    }

    private byte[] sign() throws IOException {
        signed = true;
        SshWriter request = fields(true);
        byte[] signedData = new SshWriter()
                .writeString(context.sessionId())
                .writeBytes(request.toByteArray())
                .toByteArray();
        return request.writeString(signer.sign(algorithm, signedData)).toByteArray();
    }
}
