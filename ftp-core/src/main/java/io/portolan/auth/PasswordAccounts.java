package io.portolan.auth;

import java.util.Map;

/** Users and their passwords. For a user who does not exist the same is computed as for one who does. */
final class PasswordAccounts implements Authenticator {

    private final Map<String, Secret> accounts;
    private final Secret nobody;

    /** What a password is compared with. */
    interface Secret {
        boolean matches(char[] password);
    }

    /**
     * @param accounts the users; copied
     * @param nobody what the password of an unknown user is compared with; of the same cost as the others, and what it says does not count
     */
    PasswordAccounts(Map<String, ? extends Secret> accounts, Secret nobody) {
        this.accounts = Map.copyOf(accounts);
        this.nobody = nobody;
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
        if (!(request.credentials() instanceof Credentials.Password password)) {
            return AuthenticationResult.rejected("only passwords are accepted");
        }
        Secret secret = accounts.get(request.user());
        boolean matches = (secret == null ? nobody : secret).matches(password.characters());
        if (secret == null) {
            return AuthenticationResult.rejected("unknown user");
        }
        return matches
                ? AuthenticationResult.accepted(Identity.of(request.user()))
                : AuthenticationResult.rejected("wrong password");
    }
}
