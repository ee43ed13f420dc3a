package io.portolan.ftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.fs.VirtualFileSystem;

/** How far a session's login has come. Each state has what exists in it, and nothing else. */
public sealed interface LoginState {

    /** Nobody has said who they are. */
    record AwaitingUser() implements LoginState {}

    /**
     * USER was said.
     *
     * @param user the name
     */
    record AwaitingPassword(String user) implements LoginState {}

    /**
     * The password was right, and the authenticator wants an answer more (332).
     *
     * @param user the name
     */
    record AwaitingAccount(String user) implements LoginState {}

    /**
     * The authenticator is thinking.
     *
     * @param user the name
     */
    record Checking(String user) implements LoginState {}

    /**
     * A user is logged in.
     *
     * @param identity who
     * @param files what they see
     */
    record LoggedIn(Identity identity, VirtualFileSystem files) implements LoginState {}
}
