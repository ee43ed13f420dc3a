package io.portolan.ssh.internal.auth;

import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.LoginRestrictions;
import io.portolan.ssh.internal.key.SecurityKeyPublicKey.Assertion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a user has come in one of the chains. With another user name all of it is forgotten (RFC 4252 section 5). What an earlier step restricts, later ones cannot take
 * back, and what a later one asks of a security key holds for those that have signed before.
 */
final class LoginProgress {

    private static final String NOT_ENOUGH = "a security key that has not done what the account asks for";

    private final String user;
    private final AuthChains chains;
    private final List<LoginMethod> succeeded = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();

    /** What security keys have done so far. */
    private final List<Assertion> assertions = new ArrayList<>();

    private LoginRestrictions restrictions = LoginRestrictions.none();
    private @Nullable Identity identity;
    private @Nullable Pending pending;

    /** A step that counts once its questions have been answered. */
    private record Pending(LoginMethod method, Outcome.MoreNeeded outcome) {}

    LoginProgress(String user, AuthChains chains) {
        this.user = user;
        this.chains = chains;
    }

    String user() {
        return user;
    }

    /** What the client can try now. */
    Set<LoginMethod> next() {
        return pending == null ? chains.next(succeeded) : Set.of(LoginMethod.KEYBOARD_INTERACTIVE);
    }

    /** Whether something has succeeded already. */
    boolean isBegun() {
        return !succeeded.isEmpty();
    }

    boolean isComplete() {
        return chains.isComplete(succeeded);
    }

    /** The questions that a step before has left open. */
    Optional<Outcome.MoreNeeded> open() {
        return Optional.ofNullable(pending).map(Pending::outcome);
    }

    /** A step needs answers before it counts. */
    void keep(LoginMethod method, Outcome.MoreNeeded outcome) {
        pending = new Pending(method, outcome);
    }

    /** The client does something else than answering, or has answered wrongly. */
    void dropOpen() {
        pending = null;
    }

    /**
     * A step has succeeded.
     *
     * @return why it does not count, if it does not
     */
    Optional<String> add(LoginMethod method, Outcome.Accepted accepted) {
        Pending before = pending;
        pending = null;
        Optional<String> key =
                before == null ? accepted.key() : before.outcome().key();
        if (key.isPresent() && keys.contains(key.get())) {
            return Optional.of("a key that has been used for an earlier step");
        }
        Identity first = identity;
        if (first != null && !first.name().equals(accepted.identity().name())) {
            return Optional.of("another identity than that of an earlier step");
        }
        Optional<Assertion> assertion =
                before == null ? accepted.assertion() : before.outcome().assertion();
        LoginRestrictions both;
        try {
            LoginRestrictions ofStep = before == null
                    ? accepted.restrictions()
                    : accepted.restrictions().and(before.outcome().restrictions());
            if (before != null
                    && assertion
                            .filter(done -> !PublicKeyProof.isEnough(done, ofStep))
                            .isPresent()) {
                return Optional.of(NOT_ENOUGH);
            }
            both = restrictions.and(ofStep);
        } catch (IllegalArgumentException e) {
            return Optional.of("restrictions that leave nothing: " + e.getMessage());
        }
        // a step that knows of no device has not asked for a touch by saying nothing of it; to be verified is asked for
        if (both.isVerificationRequired()
                && Stream.concat(assertions.stream(), assertion.stream()).anyMatch(done -> !done.userVerified())) {
            return Optional.of(NOT_ENOUGH);
        }
        assertion.ifPresent(assertions::add);
        restrictions = both;
        identity = first == null ? accepted.identity() : merge(first, accepted.identity());
        key.ifPresent(keys::add);
        count(method, before);
        return Optional.empty();
    }

    private void count(LoginMethod method, @Nullable Pending before) {
        if (before == null) {
            succeeded.add(method);
            return;
        }
        succeeded.add(before.method());
        if (!isComplete() && chains.next(succeeded).contains(method)) {
            // the answers were a step of their own as well
            succeeded.add(method);
        }
    }

    private static Identity merge(Identity first, Identity second) {
        Map<String, Object> attributes = new HashMap<>(second.attributes());
        attributes.putAll(first.attributes());
        Identity both = Identity.of(first.name(), attributes);
        return first.isProtectedDataOnly() || second.isProtectedDataOnly() ? both.withProtectedDataOnly() : both;
    }

    /** Who it is, when it is complete. */
    AuthenticatedUser result() {
        Identity known = identity;
        if (known == null || !isComplete()) {
            throw new IllegalStateException("the login is not complete");
        }
        return new AuthenticatedUser(restrictions.attachTo(known), succeeded, keys, restrictions);
    }
}
