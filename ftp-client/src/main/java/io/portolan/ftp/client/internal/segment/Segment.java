package io.portolan.ftp.client.internal.segment;

/** A range of the file that one connection fetches. The plan alone changes it, under its lock. */
final class Segment {

    /** What comes next. */
    long position;
    /** Behind the last octet. */
    long end;

    int attempts;

    Segment(long position, long end) {
        this.position = position;
        this.end = end;
    }

    long left() {
        return end - position;
    }
}
