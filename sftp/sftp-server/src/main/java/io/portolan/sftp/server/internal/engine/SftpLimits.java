package io.portolan.sftp.server.internal.engine;

/**
 * What one channel may have.
 *
 * @param openHandles files and directories open at a time: more than any client needs (OpenSSH's has one or two, sshfs one for each open file), and
 *     each costs the server an open file
 * @param outstandingRequests requests that were read and not answered: twice what OpenSSH's client sends ahead
 * @param outstandingOctets the same in octets: 64 WRITEs of the largest size, which is what OpenSSH's client sends ahead
 */
public record SftpLimits(int openHandles, int outstandingRequests, long outstandingOctets) {

    /** What a READ gives and a WRITE takes at most, as limits@openssh.com tells: 255 KiB, which OpenSSH has as well. */
    public static final int MAX_DATA = 255 * 1024;

    /** The defaults. */
    public static final SftpLimits DEFAULT = new SftpLimits(256, 128, 16 << 20);

    /** Octets of content that may be read from files at a time and not yet be written to the channel: as much as OpenSSH's client gives the window for. */
    static final int CONTENT_IN_FLIGHT = 2 << 20;
}
