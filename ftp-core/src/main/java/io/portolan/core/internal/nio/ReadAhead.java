package io.portolan.core.internal.nio;

import java.util.Arrays;

/**
 * How old the entries of a listing may be that is read ahead of who takes them: the server was asked for one no earlier than when another one was taken that stood some thousands before it. Not for several threads at a time.
 */
public final class ReadAhead {

    /** More entries than clients have ahead: eight parts of one or a few hundred. */
    static final int AHEAD = 4096;

    private static final int MARKS = 8;
    private static final int STEP = AHEAD / MARKS;

    private final long[] marks = new long[MARKS + 1];
    private long taken;

    /** The listing begins now. */
    public ReadAhead() {
        Arrays.fill(marks, System.nanoTime());
    }

    /** One is taken; when the server was asked for it at the earliest. */
    public long take() {
        if (taken % STEP == 0 && taken > 0) {
            System.arraycopy(marks, 1, marks, 0, MARKS);
            marks[MARKS] = System.nanoTime();
        }
        taken++;
        return marks[0];
    }
}
