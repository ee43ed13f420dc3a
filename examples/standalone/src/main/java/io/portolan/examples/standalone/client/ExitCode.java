package io.portolan.examples.standalone.client;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What a command's end tells a script. The numbers stay as they are. */
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed, for another reason than those below"),
    USAGE(2, "wrong command line"),
    CONNECT(3, "the server could not be reached, or did not let us in for now"),
    TLS(4, "the connection could not be protected, or the certificate or host key is not to be trusted"),
    LOGIN(5, "the login was refused"),
    NOT_FOUND(6, "no such file or directory"),
    PERMISSION(7, "no right to it"),
    CUT(8, "a connection broke or stalled before the end"),
    NOT_VERIFIED(9, "the file is not the same on both sides"),
    PARTIAL(10, "some of it is done, and some failed"),
    INTERRUPTED(130, "ended by Ctrl-C (143 by SIGTERM)");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** What a command ends with that could not do some things. */
    static ExitCode of(boolean anythingDone, Set<ExitCode> failures) {
        if (failures.isEmpty()) {
            return DONE;
        }
        if (anythingDone) {
            return PARTIAL;
        }
        return failures.size() == 1 ? failures.iterator().next() : FAILED;
    }

    /** A line for each, for the help. */
    static List<String> table() {
        return Arrays.stream(values())
                .map(code -> String.format("  %3d  %s", code.number, code.meaning))
                .toList();
    }
}
