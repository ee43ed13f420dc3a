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
    /** The size of the group comes next, to a server. */
    AWAIT_GROUP_REQUEST(SshMessageNumber.KEX_DH_GEX_REQUEST),
    /** The group comes next, to a client. */
    AWAIT_GROUP(SshMessageNumber.KEX_DH_GEX_GROUP),
    /** The other side's share comes next, to a server. */
    AWAIT_CLIENT_SHARE(SshMessageNumber.KEX_ECDH_INIT),
    /** Likewise, after a group was agreed on. */
    AWAIT_CLIENT_SHARE_IN_GROUP(SshMessageNumber.KEX_DH_GEX_INIT),
    /** The other side's share comes next, to a client. */
    AWAIT_SERVER_SHARE(SshMessageNumber.KEX_ECDH_REPLY),
    /** Likewise, after a group was agreed on. */
    AWAIT_SERVER_SHARE_IN_GROUP(SshMessageNumber.KEX_DH_GEX_REPLY),
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
