package io.portolan.sftp.client.internal.transfer;

import java.util.ArrayDeque;

/** How far a file that is written in portions is there from its beginning on: answers come in any order. On the event loop, but for {@link #octets}. */
final class WrittenPrefix {

    /** Octets that were sent, or need not be. */
    static final class Portion {
        private final int octets;
        private boolean there;

        private Portion(int octets, boolean there) {
            this.octets = octets;
            this.there = there;
        }

        int octets() {
            return octets;
        }
    }

    /** Those that are not there, and what lies behind them. */
    private final ArrayDeque<Portion> open = new ArrayDeque<>();

    private long octets;

    /** Begins behind what the file has. */
    void beginAt(long there) {
        octets = there;
    }

    /** The next octets are under way. */
    Portion sent(int count) {
        Portion portion = new Portion(count, false);
        open.add(portion);
        return portion;
    }

    /** The next octets are there without being sent. */
    void skipped(int count) {
        open.add(new Portion(count, true));
        advance();
    }

    /** The server has them. */
    void written(Portion portion) {
        portion.there = true;
        advance();
    }

    private void advance() {
        for (Portion first = open.peek(); first != null && first.there; first = open.peek()) {
            octets += first.octets;
            open.remove();
        }
    }

    /** So many octets are there without a gap. Elsewhere than on the event loop once its transfer has ended. */
    long octets() {
        return octets;
    }
}
