package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.SecretSource;
import io.portolan.sftp.client.internal.Untrusted;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** By a password (RFC 4252 section 8), maybe with a new one if it has run out. */
final class PasswordAttempt implements Attempt {

    static final String METHOD = "password";

    private static final int MAX_PROMPT = 1_024;

    /** How often a server may say that a new password is not good enough. */
    static final int MAX_CHANGES = 3;

    private final LoginContext context;
    private final SecretSource source;
    private final Optional<SecretSource> newPassword;
    private int changes;

    PasswordAttempt(LoginContext context, SecretSource source, Optional<SecretSource> newPassword) {
        this.context = context;
        this.source = source;
        this.newPassword = newPassword;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String description() {
        return changes == 0 ? "the password" : "a new password";
    }

    @Override
    public byte[] begin() throws Exception {
        byte[] secret = old();
        try {
            return message(context.request(METHOD).writeBoolean(false).writeString(secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] old() throws Exception {
        return required(source.secret("Password of " + context.user() + " at " + context.host()));
    }

    @Override
    public byte[] answered(SshReader message) throws Exception {
        String prompt = Untrusted.text(message.readString(), MAX_PROMPT);
        message.readString(); // language tag
        message.expectEnd();
        if (newPassword.isEmpty()) {
            throw new IOException("the server wants a new password, as the old one has run out: " + prompt);
        }
        if (++changes > MAX_CHANGES) {
            throw new IOException("the server has refused " + MAX_CHANGES + " new passwords: " + prompt);
        }
        byte[] old = old();
        try {
            return changing(old, newPassword.get().secret(prompt));
        } finally {
            Arrays.fill(old, (byte) 0);
        }
    }

    private byte[] changing(byte[] old, char @Nullable [] secret) throws IOException {
        byte[] fresh = required(secret);
        try {
            return message(
                    context.request(METHOD).writeBoolean(true).writeString(old).writeString(fresh));
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }

    private static byte[] required(char @Nullable [] secret) throws IOException {
        if (secret == null) {
            throw new IOException("nobody has told the password");
        }
        return ClientSecrets.utf8(secret);
    }

    private static byte[] message(SshWriter writer) {
        byte[] message = writer.toByteArray();
        writer.wipe();
        return message;
    }
}
