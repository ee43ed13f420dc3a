package io.portolan.sftp.client.internal.transfer;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** What a file is called until it is whole. */
public final class TemporaryName {

    /** Octets of its own name that are kept: names may have 255, and what is added has up to 20. */
    private static final int MOST_KEPT = 200;

    private static final int MOST_OCTETS_OF_A_CHARACTER = 3;

    private TemporaryName() {}

    /** In the same directory, hidden where a dot hides, and nobody's else, so that two uploads of one name do not meet. */
    public static String beside(String path) {
        int slash = path.lastIndexOf('/') + 1;
        String name = path.substring(slash);
        if (name.getBytes(StandardCharsets.UTF_8).length > MOST_KEPT) {
            int kept = MOST_KEPT / MOST_OCTETS_OF_A_CHARACTER;
            name = name.substring(0, Character.isHighSurrogate(name.charAt(kept - 1)) ? kept - 1 : kept);
        }
        String tag = Long.toString(ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
        return path.substring(0, slash) + "." + name + "." + tag + ".part";
    }
}
