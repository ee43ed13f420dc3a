package io.portolan.ftp.server;

import io.portolan.auth.Authenticator;
import io.portolan.fs.FileSystemFactory;
import java.util.Objects;

/**
 * A server's other name (RFC 7151, HOST), with accounts and files of its own.
 *
 * @param name the host's name, as in {@code ftp.example.com}; compared without regard to case
 * @param authenticator who may log in there
 * @param files what they see
 * @param messages what they are told
 */
public record VirtualHost(String name, Authenticator authenticator, FileSystemFactory files, FtpMessages messages) {
    /** Checks the components. */
    public VirtualHost {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("virtualHost.name: is empty");
        }
        Objects.requireNonNull(authenticator, "authenticator");
        Objects.requireNonNull(files, "files");
        Objects.requireNonNull(messages, "messages");
    }

    /**
     * A virtual host with the usual texts.
     *
     * @param name the host's name
     * @param authenticator who may log in there
     * @param files what they see
     */
    public VirtualHost(String name, Authenticator authenticator, FileSystemFactory files) {
        this(name, authenticator, files, FtpMessages.DEFAULT);
    }
}
