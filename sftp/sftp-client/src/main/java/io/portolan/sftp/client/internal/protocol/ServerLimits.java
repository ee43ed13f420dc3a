package io.portolan.sftp.client.internal.protocol;

import io.portolan.sftp.internal.SftpFramer;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/**
 * How much one request may be about (limits@openssh.com, OpenSSH PROTOCOL section 4.8). Whatever a server claims stays within what is sensible.
 *
 * @param read the most octets that a READ asks for
 * @param write the most octets that a WRITE has
 * @param handles how many files and directories may be open at a time
 */
public record ServerLimits(int read, int write, int handles) {

    /** What every server has to take (draft-ietf-secsh-filexfer-02 section 3). */
    public static final int USUAL = 32 * 1024;

    /** Less than that would be a message for next to nothing. */
    public static final int LEAST = 4 * 1024;

    /** What OpenSSH tells; a message with it is within {@link SftpFramer#MAX_PACKET}. */
    public static final int MOST = 255 * 1024;

    /** Few enough for every server, as old ones have a hundred. */
    public static final int USUAL_HANDLES = 64;

    /** As many as anybody needs. */
    public static final int MOST_HANDLES = 1024;

    /** The fields around the data of a WRITE. */
    private static final int AROUND = 1024;

    /** Of a server that tells nothing. */
    public static final ServerLimits UNKNOWN = new ServerLimits(USUAL, USUAL, USUAL_HANDLES);

    static ServerLimits read(SshReader in) throws SshProtocolException {
        long packet = in.readUint64();
        long read = in.readUint64();
        long write = in.readUint64();
        long handles = in.readUint64();
        long room = packet == 0 ? MOST : Math.max(packet < 0 ? MOST : packet - AROUND, LEAST);
        return new ServerLimits(
                (int) Math.min(room, data(read)),
                (int) Math.min(room, data(write)),
                handles == 0 ? USUAL_HANDLES : (int) (handles < 0 ? MOST_HANDLES : Math.min(handles, MOST_HANDLES)));
    }

    /** 0 is a server that does not know. From 2^63 on a number looks negative. */
    private static long data(long told) {
        if (told == 0) {
            return USUAL;
        }
        return told < 0 ? MOST : Math.max(LEAST, Math.min(told, MOST));
    }

    /** What "supported" and "supported2" tell of reads (draft-ietf-secsh-filexfer-13 section 5.4); 0 for nothing. */
    ServerLimits withRead(long told) {
        return told == 0 ? this : new ServerLimits((int) data(told), write, handles);
    }
}
