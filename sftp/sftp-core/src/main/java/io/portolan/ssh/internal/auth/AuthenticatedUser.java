package io.portolan.ssh.internal.auth;

import io.portolan.auth.Identity;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.auth.LoginRestrictions;
import java.util.List;

/**
 * A user who is logged in.
 *
 * @param identity who the authenticator says that it is
 * @param methods by what it has shown that, in order
 * @param keys the fingerprints of the keys that it has proved to hold; keys that it only asked about are not among them
 * @param restrictions all those of each step
 */
public record AuthenticatedUser(
        Identity identity, List<LoginMethod> methods, List<String> keys, LoginRestrictions restrictions) {

    public AuthenticatedUser {
        methods = List.copyOf(methods);
        keys = List.copyOf(keys);
    }
}
