package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshWriter;

/** The messages of the connection protocol that we send, but for data (RFC 4254). */
final class ChannelMessages {

    private ChannelMessages() {}

    /** Section 5.1. */
    static SshWriter open(String type, int sender, long window, int maxPacket) {
        return message(SshMessageNumber.CHANNEL_OPEN)
                .writeString(type)
                .writeUint32(Integer.toUnsignedLong(sender))
                .writeUint32(window)
                .writeUint32(maxPacket);
    }

    /** Section 5.1. */
    static SshWriter openConfirmation(int recipient, int sender, long window, int maxPacket) {
        return toChannel(SshMessageNumber.CHANNEL_OPEN_CONFIRMATION, recipient)
                .writeUint32(Integer.toUnsignedLong(sender))
                .writeUint32(window)
                .writeUint32(maxPacket);
    }

    /** Section 5.1. */
    static SshWriter openFailure(int recipient, OpenFailure reason) {
        return toChannel(SshMessageNumber.CHANNEL_OPEN_FAILURE, recipient)
                .writeUint32(reason.code())
                .writeString(reason.description())
                .writeString("");
    }

    /** Section 5.2. */
    static SshWriter windowAdjust(int recipient, long octets) {
        return toChannel(SshMessageNumber.CHANNEL_WINDOW_ADJUST, recipient).writeUint32(octets);
    }

    /** Section 5.3. */
    static SshWriter eof(int recipient) {
        return toChannel(SshMessageNumber.CHANNEL_EOF, recipient);
    }

    /** Section 5.3. */
    static SshWriter close(int recipient) {
        return toChannel(SshMessageNumber.CHANNEL_CLOSE, recipient);
    }

    /** Section 6.5. */
    static SshWriter subsystem(int recipient, String name) {
        return request(recipient, "subsystem", true).writeString(name);
    }

    /** Section 6.10. */
    static SshWriter exitStatus(int recipient, int status) {
        return request(recipient, "exit-status", false).writeUint32(Integer.toUnsignedLong(status));
    }

    /** Section 5.4: the answer to a request. */
    static SshWriter answer(int recipient, boolean success) {
        return toChannel(success ? SshMessageNumber.CHANNEL_SUCCESS : SshMessageNumber.CHANNEL_FAILURE, recipient);
    }

    private static SshWriter request(int recipient, String type, boolean wantReply) {
        return toChannel(SshMessageNumber.CHANNEL_REQUEST, recipient)
                .writeString(type)
                .writeBoolean(wantReply);
    }

    private static SshWriter toChannel(SshMessageNumber number, int recipient) {
        return message(number).writeUint32(Integer.toUnsignedLong(recipient));
    }

    static SshWriter message(SshMessageNumber number) {
        return new SshWriter(32).writeByte(number.number());
    }
}
