package io.portolan.sftp.client.internal.auth;

import io.portolan.sftp.client.InteractiveLogin;
import io.portolan.sftp.client.SecretSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What there is to log in with.
 *
 * @param identities keys, in the order in which they are tried
 * @param agent the socket of an agent with more of them
 * @param identitiesOnly whether only those of the agent's keys are tried that are among the identities
 * @param password tells the password
 * @param passwordTries how often it is asked
 * @param newPassword tells another one if that has run out
 * @param interactive answers what the server asks
 */
public record LoginSettings(
        List<IdentitySettings> identities,
        Optional<Path> agent,
        boolean identitiesOnly,
        Optional<SecretSource> password,
        int passwordTries,
        Optional<SecretSource> newPassword,
        Optional<InteractiveLogin> interactive) {

    /** Servers end the connection after six failures or so; more than that is no typing error. */
    public static final int MOST_PASSWORDS = 10;

    public LoginSettings {
        identities = List.copyOf(identities);
    }

    boolean hasKeys() {
        return !identities.isEmpty() || agent.isPresent();
    }
}
