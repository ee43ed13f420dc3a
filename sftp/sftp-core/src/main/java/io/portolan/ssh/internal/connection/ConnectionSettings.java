package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.compress.SshCompressionHandler;
import io.portolan.ssh.internal.packet.PacketLimits;
import java.time.Duration;

/**
 * Limits of a connection and its channels, the same for all connections of a server or client.
 *
 * @param maxChannels channels that may be open at a time
 * @param maxPacket the octets of data in one packet that peers may send
 * @param leastWindow the octets of credit that each channel has whatever else is going on; must hold the longest message of what runs in it, which is consumed as a whole
 * @param usualWindow the octets of credit of a channel to which the peer sends in earnest
 * @param mostWindow the octets of credit up to which a channel grows if its path is long and fast
 * @param pendingHigh the octets at which a channel is not writable any more
 * @param pendingLow the octets at which it is so again
 * @param keepAliveInterval how long a peer may be silent until it is asked whether it is there; zero to never ask
 * @param keepAliveRequests how often it is asked until it is given up
 */
public record ConnectionSettings(
        int maxChannels,
        int maxPacket,
        int leastWindow,
        int usualWindow,
        int mostWindow,
        int pendingHigh,
        int pendingLow,
        Duration keepAliveInterval,
        int keepAliveRequests) {

    /** What OpenSSH has as MaxSessions: enough for clients that open a channel for each transfer or two. */
    public static final int MAX_CHANNELS = 10;

    /**
     * Twice what everybody announces: cipher and MAC cost something for each packet, which 64 KiB spread over enough octets, while packets of that size still fit into the
     * caches nearest to the processor.
     */
    public static final int MAX_PACKET = 64 * 1024;

    /** The largest message of SFTP that is taken, 256 KiB, and one packet more. */
    public static final int LEAST_WINDOW = 256 * 1024 + MAX_PACKET;

    /** What OpenSSH gives from the start. */
    public static final int USUAL_WINDOW = 2 * 1024 * 1024;

    /** 100 MB/s over 160 ms; as much as OpenSSH's sftp has under way at most. */
    public static final int MOST_WINDOW = 16 * 1024 * 1024;

    /** Four packets of a peer as most are: the socket has the next one while a worker fetches more. A thousand readers that stand still hold 128 MiB at most. */
    public static final int PENDING_HIGH = 128 * 1024;

    /** Half of it, so that there is one call for more for several packets. */
    public static final int PENDING_LOW = PENDING_HIGH / 2;

    /** Often enough that translators of addresses on the way do not forget the connection. */
    public static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(60);

    /** So that a peer whose network was away for some minutes can go on. */
    public static final int KEEP_ALIVE_REQUESTS = 5;

    /** Octets of CHANNEL_DATA before the data: number, recipient, length (RFC 4254 section 5.2). */
    static final int DATA_HEADER = 9;

    /** The most octets of data in one packet, both ways; also if they are compressed and grow by that. */
    static final int MOST_DATA = PacketLimits.MAX_PAYLOAD - DATA_HEADER - SshCompressionHandler.OVERHEAD;

    private static final int LEAST_PACKET = 32 * 1024;

    public ConnectionSettings {
        if (maxChannels < 1) {
            throw new IllegalArgumentException("maxChannels: " + maxChannels);
        }
        if (maxPacket < LEAST_PACKET || maxPacket > MOST_DATA) {
            throw new IllegalArgumentException(
                    "maxPacket: " + maxPacket + " is not between " + LEAST_PACKET + " and " + MOST_DATA);
        }
        if (leastWindow < maxPacket || usualWindow < leastWindow || mostWindow < usualWindow) {
            throw new IllegalArgumentException("windows must grow, from maxPacket " + maxPacket + ": " + leastWindow
                    + ", " + usualWindow + ", " + mostWindow);
        }
        if (pendingLow < 0 || pendingHigh <= pendingLow) {
            throw new IllegalArgumentException("pendingHigh: " + pendingHigh + ", pendingLow: " + pendingLow);
        }
        if (keepAliveInterval.isNegative() || keepAliveRequests < 1) {
            throw new IllegalArgumentException(
                    "keepAliveInterval: " + keepAliveInterval + ", keepAliveRequests: " + keepAliveRequests);
        }
    }

    /** The defaults. */
    public static ConnectionSettings defaults() {
        return new ConnectionSettings(
                MAX_CHANNELS,
                MAX_PACKET,
                LEAST_WINDOW,
                USUAL_WINDOW,
                MOST_WINDOW,
                PENDING_HIGH,
                PENDING_LOW,
                KEEP_ALIVE_INTERVAL,
                KEEP_ALIVE_REQUESTS);
    }

    /** The same with another number of channels. */
    public ConnectionSettings withMaxChannels(int channels) {
        return new ConnectionSettings(
                channels,
                maxPacket,
                leastWindow,
                usualWindow,
                mostWindow,
                pendingHigh,
                pendingLow,
                keepAliveInterval,
                keepAliveRequests);
    }
}
