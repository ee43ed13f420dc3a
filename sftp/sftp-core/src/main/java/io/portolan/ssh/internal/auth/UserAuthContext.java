package io.portolan.ssh.internal.auth;

import io.portolan.auth.Authenticator;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.guard.LoginGuard;
import io.portolan.session.SessionInfo;

/**
 * Who decides about one connection's logins.
 *
 * @param authenticator asked on the lane
 * @param guard against guessing
 * @param lane where signatures are verified and the authenticator is called
 * @param session as the authenticator sees it
 */
public record UserAuthContext(Authenticator authenticator, LoginGuard guard, WorkerLane lane, SessionInfo session) {}
