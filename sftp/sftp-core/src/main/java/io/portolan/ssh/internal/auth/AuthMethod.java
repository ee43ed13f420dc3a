package io.portolan.ssh.internal.auth;

import java.util.Arrays;
import java.util.Optional;

/** How a user can show who it is. {@code none} is not among them: it only asks which there are (RFC 4252 section 5.2). */
public enum AuthMethod {
    /** RFC 4252 section 7, and OpenSSH's {@code publickey-hostbound-v00@openssh.com}, which is the same under another name. */
    PUBLIC_KEY("publickey"),
    /** RFC 4252 section 8. */
    PASSWORD("password"),
    /** RFC 4256. */
    KEYBOARD_INTERACTIVE("keyboard-interactive");

    /** The name of a request whose signature covers the host key too (OpenSSH's PROTOCOL, section 3). */
    static final String HOST_BOUND = "publickey-hostbound-v00@openssh.com";

    private final String sshName;

    AuthMethod(String sshName) {
        this.sshName = sshName;
    }

    /** The name on the wire, also in lists. */
    public String sshName() {
        return sshName;
    }

    /** The method of a request. */
    static Optional<AuthMethod> named(String name) {
        if (name.equals(HOST_BOUND)) {
            return Optional.of(PUBLIC_KEY);
        }
        return Arrays.stream(values())
                .filter(method -> method.sshName.equals(name))
                .findFirst();
    }
}
