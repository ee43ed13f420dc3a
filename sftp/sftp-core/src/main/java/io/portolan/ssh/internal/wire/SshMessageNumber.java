package io.portolan.ssh.internal.wire;

import static io.portolan.ssh.internal.wire.MessageSender.CLIENT;
import static io.portolan.ssh.internal.wire.MessageSender.EITHER;
import static io.portolan.ssh.internal.wire.MessageSender.SERVER;

import java.util.Arrays;
import java.util.List;

/**
 * The messages that we know: numbers of RFC 4250 section 4.1.2, RFC 4256 section 5, RFC 5656 section 7.1, RFC 8308 section 2.3, and OpenSSH's PROTOCOL.
 * Methods of key exchange and of authentication share numbers, so several constants may have the same one.
 */
public enum SshMessageNumber {
    DISCONNECT(1, EITHER),
    IGNORE(2, EITHER),
    UNIMPLEMENTED(3, EITHER),
    DEBUG(4, EITHER),
    SERVICE_REQUEST(5, CLIENT),
    SERVICE_ACCEPT(6, SERVER),
    EXT_INFO(7, EITHER),
    NEWCOMPRESS(8, EITHER),

    KEXINIT(20, EITHER),
    NEWKEYS(21, EITHER),

    /** SSH_MSG_KEX_ECDH_INIT, and SSH_MSG_KEX_HYBRID_INIT. */
    KEX_ECDH_INIT(30, CLIENT),
    /** SSH_MSG_KEX_ECDH_REPLY, and SSH_MSG_KEX_HYBRID_REPLY. */
    KEX_ECDH_REPLY(31, SERVER),
    KEX_DH_GEX_GROUP(31, SERVER),
    KEX_DH_GEX_INIT(32, CLIENT),
    KEX_DH_GEX_REPLY(33, SERVER),
    KEX_DH_GEX_REQUEST(34, CLIENT),

    USERAUTH_REQUEST(50, CLIENT),
    USERAUTH_FAILURE(51, SERVER),
    USERAUTH_SUCCESS(52, SERVER),
    USERAUTH_BANNER(53, SERVER),

    USERAUTH_PK_OK(60, SERVER),
    USERAUTH_PASSWD_CHANGEREQ(60, SERVER),
    USERAUTH_INFO_REQUEST(60, SERVER),
    USERAUTH_INFO_RESPONSE(61, CLIENT),

    GLOBAL_REQUEST(80, EITHER),
    REQUEST_SUCCESS(81, EITHER),
    REQUEST_FAILURE(82, EITHER),

    CHANNEL_OPEN(90, EITHER),
    CHANNEL_OPEN_CONFIRMATION(91, EITHER),
    CHANNEL_OPEN_FAILURE(92, EITHER),
    CHANNEL_WINDOW_ADJUST(93, EITHER),
    CHANNEL_DATA(94, EITHER),
    CHANNEL_EXTENDED_DATA(95, EITHER),
    CHANNEL_EOF(96, EITHER),
    CHANNEL_CLOSE(97, EITHER),
    CHANNEL_REQUEST(98, EITHER),
    CHANNEL_SUCCESS(99, EITHER),
    CHANNEL_FAILURE(100, EITHER),

    /** ping@openssh.com. */
    PING(192, EITHER),
    PONG(193, EITHER);

    private final int number;
    private final MessageSender sender;

    SshMessageNumber(int number, MessageSender sender) {
        this.number = number;
        this.sender = sender;
    }

    /** The first octet of the message. */
    public int number() {
        return number;
    }

    /** Who may send it. */
    public MessageSender sender() {
        return sender;
    }

    /** To what it belongs. */
    public MessageRange range() {
        return MessageRange.of(number);
    }

    /** All messages of a number, in the order of their declaration; none for a number that we do not know. */
    public static List<SshMessageNumber> of(int number) {
        return Arrays.stream(values())
                .filter(message -> message.number == number)
                .toList();
    }
}
