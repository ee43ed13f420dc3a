package io.portolan.ftp.server.internal.session;

import io.portolan.auth.Identity;
import io.portolan.fs.VirtualFileSystem;
import java.util.Optional;

/** How far a session's login has come. Each state has what exists in it, and nothing else. */
public sealed interface LoginState {

    /** Nobody has said who they are. */
    record AwaitingUser() implements LoginState {}

    /**
     * USER was said.
     *
     * @param user the name
     * @param refused the client's certificate that did not let it in under that name, if it is a guess unless a password follows
     */
    record AwaitingPassword(String user, Optional<RefusedCertificates.Refused> refused) implements LoginState {}

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
     * @param byCertificate whether of a certificate, and not of a secret that was said
     */
    record Checking(String user, boolean byCertificate) implements LoginState {}

    /**
     * A user is logged in.
     *
     * @param identity who
     * @param files what they see
     */
    record LoggedIn(Identity identity, VirtualFileSystem files) implements LoginState {}
}
