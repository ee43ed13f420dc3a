package io.portolan.ftp.client.internal;

import java.util.Optional;

/**
 * Who logs in.
 *
 * @param account what ACCT is told, where a server asks for it
 */
public record LoginData(String user, String password, Optional<String> account) {

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
