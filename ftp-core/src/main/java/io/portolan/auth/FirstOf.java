package io.portolan.auth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks one after another. */
final class FirstOf implements Authenticator {

    private final List<Authenticator> authenticators;

    FirstOf(List<Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) throws Exception {
        List<String> reasons = new ArrayList<>();
        @Nullable Exception failure = null;
        for (Authenticator authenticator : authenticators) {
            try {
                AuthenticationResult result = authenticator.authenticate(request);
                if (result instanceof AuthenticationResult.Rejected rejected) {
                    reasons.add(rejected.reason());
                } else if (result != null) {
                    return result;
                }
            } catch (Exception e) {
                // One directory that is down must not keep out the users of the others.
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return AuthenticationResult.rejected(String.join("; ", reasons));
    }
}
