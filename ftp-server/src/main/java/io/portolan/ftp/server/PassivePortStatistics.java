package io.portolan.ftp.server;

/**
 * How the passive ports are used: numbers of the moment, and totals since the start. Made by the server; it may grow. Immutable.
 *
 * <p>A server that clients reach by several local addresses has the range once for each of them; ports are counted per local address.
 */
public final class PassivePortStatistics {

    private final int ports;
    private final int free;
    private final int listening;
    private final int leased;
    private final int waiting;
    private final long granted;
    private final long refused;
    private final long strangers;

    /**
     * Made by the server.
     *
     * @param ports see {@link #ports()}
     * @param free see {@link #free()}
     * @param listening see {@link #listening()}
     * @param leased see {@link #leased()}
     * @param waiting see {@link #waiting()}
     * @param granted see {@link #granted()}
     * @param refused see {@link #refused()}
     * @param strangers see {@link #strangers()}
     */
    public PassivePortStatistics(
            int ports, int free, int listening, int leased, int waiting, long granted, long refused, long strangers) {
        this.ports = ports;
        this.free = free;
        this.listening = listening;
        this.leased = leased;
        this.waiting = waiting;
        this.granted = granted;
        this.refused = refused;
        this.strangers = strangers;
    }

    /**
     * All ports that may be used.
     *
     * @return the size of the range, once per local address in use; 65535 each when the system chooses
     */
    public int ports() {
        return ports;
    }

    /**
     * Ports that nobody waits on and no other program was seen to hold. Busy ports are still good for clients with other addresses.
     *
     * @return the number now
     */
    public int free() {
        return free;
    }

    /**
     * Listeners that are open, leased or kept for the next transfer.
     *
     * @return the number now
     */
    public int listening() {
        return listening;
    }

    /**
     * Leases whose client has not connected yet. More leases than ports are possible, since ports are shared.
     *
     * @return the number now
     */
    public int leased() {
        return leased;
    }

    /**
     * Commands that wait for a port.
     *
     * @return the number now
     */
    public int waiting() {
        return waiting;
    }

    /**
     * Leases given.
     *
     * @return the total since the start
     */
    public long granted() {
        return granted;
    }

    /**
     * Commands that got no port.
     *
     * @return the total since the start
     */
    public long refused() {
        return refused;
    }

    /**
     * Connections closed because nobody waited for their address on their port.
     *
     * @return the total since the start
     */
    public long strangers() {
        return strangers;
    }

    @Override
    public String toString() {
        return "PassivePortStatistics[ports=" + ports + ", free=" + free + ", listening=" + listening + ", leased="
                + leased + ", waiting=" + waiting + ", granted=" + granted + ", refused=" + refused + ", strangers="
                + strangers + "]";
    }
}
