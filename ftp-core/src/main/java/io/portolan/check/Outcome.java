package io.portolan.check;

/** How a step of a check ended. */
public enum Outcome {
    /** It works. */
    PASSED,

    /** It works here; other clients, or this one soon, may fail. */
    WARNED,

    /** It does not work. */
    FAILED,

    /** Not tried, for what it needs does not work, or because nobody asked for it. */
    SKIPPED
}
