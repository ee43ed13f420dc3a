package io.portolan.ftp.client.internal.check;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpSyntaxException;
import io.portolan.ftp.HostPort;

/** What 227 and 229 say (RFC 959, RFC 2428). */
final class PassiveReplies {

    private PassiveReplies() {}

    static int port(FtpReply reply, boolean extended) throws Wire.NotFtpException {
        if (reply.code() != (extended ? 229 : 227)) {
            throw new Wire.NotFtpException(Replies.shown(reply));
        }
        return extended ? extendedPort(reply) : address(reply).port();
    }

    static int extendedPort(FtpReply reply) throws Wire.NotFtpException {
        try {
            return HostPort.parseEpsvReply(Replies.text(reply));
        } catch (FtpSyntaxException e) {
            throw new Wire.NotFtpException(Replies.shown(reply));
        }
    }

    static HostPort address(FtpReply reply) throws Wire.NotFtpException {
        try {
            return HostPort.parsePasvReply(Replies.text(reply));
        } catch (FtpSyntaxException e) {
            throw new Wire.NotFtpException(Replies.shown(reply));
        }
    }
}
