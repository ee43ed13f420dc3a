package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.InteractiveLogin;
import io.portolan.sftp.client.SecretSource;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers with the password where a server asks for it this way only, as those with PAM do: one question, whose answer must not be seen, and once. Whatever else is asked for, a text of a server's is no
 * reason to tell a secret.
 */
final class SingleAnswer implements InteractiveLogin {

    private final LoginContext context;
    private final SecretSource password;
    private boolean told;

    SingleAnswer(LoginContext context, SecretSource password) {
        this.context = context;
        this.password = password;
    }

    @Override
    public List<char[]> answer(Challenge challenge) throws Exception {
        if (challenge.questions().isEmpty()) {
            return List.of();
        }
        if (told
                || challenge.questions().size() > 1
                || challenge.questions().get(0).echo()) {
            throw new IOException("the server asks for more than the password, and nobody is there to answer: "
                    + challenge.questions().get(0).text());
        }
        told = true;
        char @Nullable [] secret = password.secret("Password of " + context.user() + " at " + context.host());
        if (secret == null) {
            throw new IOException("nobody has told the password");
        }
        return List.of(secret);
    }
}
