package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** READ (draft-ietf-secsh-filexfer-13 section 8.2.1). */
final class ReadRequest extends SftpRequest {

    private final String what;
    private final int length;
    private final ContentReply reply;

    ReadRequest(String what, int length, ContentReply reply) {
        this.what = what;
        this.length = length;
        this.reply = reply;
    }

    @Override
    protected void replied(SftpMessageNumber message, ByteBuf fields) throws SshProtocolException {
        if (message == SftpMessageNumber.STATUS) {
            StatusReply status = StatusReply.read(fields);
            if (status.is(SftpStatus.EOF)) {
                reply.end();
            } else if (status.is(SftpStatus.OK)) {
                throw SshProtocolException.malformed("OK in answer to READ");
            } else {
                reply.failed(status.failure(what));
            }
            return;
        }
        if (message != SftpMessageNumber.DATA || fields.readableBytes() < Integer.BYTES) {
            throw SshProtocolException.malformed(message + " in answer to READ");
        }
        long octets = fields.readUnsignedInt();
        if (octets < 1 || octets > length || octets > fields.readableBytes()) {
            throw SshProtocolException.malformed("DATA of " + octets + " octets, in a packet with "
                    + fields.readableBytes() + ", where " + length + " were asked for");
        }
        // version 6 may say behind the octets whether they are the last
        reply.data(fields.readRetainedSlice((int) octets));
    }

    @Override
    protected void failed(SftpException cause) {
        reply.failed(cause);
    }
}
