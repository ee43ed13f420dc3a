package io.portolan.sftp.client.internal.pool;

import io.portolan.sftp.client.internal.connect.SshClientConnection;

/** A connection, and what is known of its channels. On the pool's event loop only. */
public final class SharedConnection {

    private final SshClientConnection connection;

    /** Channels that the server has, as far as we know: those that are being opened, and those that are being closed. */
    private int used;

    /** Of those used: which it has confirmed. */
    private int confirmed;

    /** The most sessions that there were at one time. */
    private int most;

    private int opening;

    /** Sessions that have not ended. */
    private int sessions;

    private boolean retired;

    SharedConnection(SshClientConnection connection) {
        this.connection = connection;
    }

    /** From any thread. */
    public SshClientConnection connection() {
        return connection;
    }

    boolean hasRoom(int limit) {
        return !retired && used < limit;
    }

    /** Whether nothing is done over it. */
    boolean isIdle() {
        return opening == 0 && sessions == 0;
    }

    int confirmed() {
        return confirmed;
    }

    int most() {
        return most;
    }

    /** It gets no more channels, and those that have rested are not used again. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    Slot take() {
        used++;
        opening++;
        return new Slot();
    }

    /** Room for a channel, until the server has it again. */
    final class Slot {
        private boolean known;
        private boolean gone;

        void confirmed() {
            if (!gone) {
                known = true;
                confirmed++;
            }
        }

        void sessionBegins() {
            opening--;
            sessions++;
            most = Math.max(most, sessions);
        }

        void sessionEnds() {
            sessions--;
        }

        /** Nothing will run in it; it is used until it is gone. */
        void failed() {
            opening--;
            forget();
        }

        private void forget() {
            if (known) {
                known = false;
                confirmed--;
            }
        }

        void gone() {
            if (!gone) {
                gone = true;
                used--;
                forget();
            }
        }
    }
}
