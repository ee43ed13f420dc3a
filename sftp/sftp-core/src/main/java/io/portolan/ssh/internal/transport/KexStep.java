package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import org.jspecify.annotations.Nullable;

/**
 * How far a key exchange is. It is a line, and at each point of it there is one message that may come next or none: there is no other order in which a peer could
 * get further.
 */
enum KexStep {
    /** Our KEXINIT is sent. */
    AWAIT_INIT(SshMessageNumber.KEXINIT),
    /** The algorithms are known, and a client's worker makes its share; or NEWKEYS has come already, and its worker still verifies. */
    PREPARE(null),
    /** The other side's share comes next, to a server. */
    AWAIT_CLIENT_SHARE(SshMessageNumber.KEX_ECDH_INIT),
    /** The other side's share comes next, to a client. */
    AWAIT_SERVER_SHARE(SshMessageNumber.KEX_ECDH_REPLY),
    /** A worker computes a server's answer, without which the client cannot go on. */
    ANSWER(null),
    /** A worker verifies the server; that has all that it needs, and may have gone on. */
    VERIFY(SshMessageNumber.NEWKEYS),
    /** Our NEWKEYS is sent. */
    AWAIT_NEW_KEYS(SshMessageNumber.NEWKEYS),
    /** Both directions have new keys. */
    DONE(null);

    private final @Nullable SshMessageNumber expected;

    KexStep(@Nullable SshMessageNumber expected) {
        this.expected = expected;
    }

    /** Whether a number is that of the one message that may come now. */
    boolean expects(int number) {
        return expected != null && expected.number() == number;
    }
}
