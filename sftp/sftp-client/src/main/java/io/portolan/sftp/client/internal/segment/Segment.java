package io.portolan.sftp.client.internal.segment;

/** A range of a file, moved by one connection at a time: whoever has it is the only one to touch it. */
final class Segment {

    /** Behind what has been moved. */
    private long position;

    private final long end;
    private int attempts;

    Segment(long position, long end) {
        this.position = position;
        this.end = end;
    }

    long position() {
        return position;
    }

    long end() {
        return end;
    }

    void moved(int octets) {
        position += octets;
    }

    /** Counts an attempt; returns how many there have been. */
    int attempted() {
        return ++attempts;
    }
}
