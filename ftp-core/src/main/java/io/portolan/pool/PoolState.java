package io.portolan.pool;

/**
 * What a pool held at one moment.
 *
 * @param open connections that are open, in use or not
 * @param idle those of them that nobody uses
 * @param connecting connections that are being opened
 * @param waiting how many wait for one
 * @param limit how many may be open: {@link PoolOptions#maxConnections()}, or fewer where the server has refused more
 */
public record PoolState(int open, int idle, int connecting, int waiting, int limit) {

    /**
     * Connections that are in use, or are being looked at before they are used again.
     *
     * @return how many
     */
    public int leased() {
        return open - idle;
    }
}
