package io.portolan.core.internal.mirror;

import io.portolan.fs.VirtualPath;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** Judges the texts of symbolic links, which a server chooses. */
public final class LinkText {

    /** Longer than paths are anywhere. */
    private static final int MAX_LENGTH = 4096;

    private LinkText() {}

    /**
     * Whether a link in that directory leads to something below the tree's root, by its text alone. Absolute ones do not, as the root has another place on each side; nor does what goes up behind a name,
     * since the name may be that of a link to somewhere higher; nor what could mean something else on another system, with a backslash, a colon or a control character in it.
     */
    static boolean staysInside(VirtualPath directory, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.startsWith("/")) {
            return false;
        }
        int up = 0;
        boolean named = false;
        for (String step : text.split("/", -1)) {
            if (step.equals("..")) {
                if (named) {
                    return false;
                }
                up++;
            } else if (!step.isEmpty() && !step.equals(".")) {
                named = true;
                if (!isPlain(step)) {
                    return false;
                }
            }
        }
        return up <= directory.segments().size();
    }

    /** What a link in that directory leads to, by its text alone; empty if that cannot be a path. */
    public static Optional<VirtualPath> resolve(VirtualPath directory, String text) {
        try {
            return Optional.of(directory.resolve(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(String step) {
        return step.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c));
    }
}
