package io.portolan.core.internal.mirror;

import io.portolan.core.internal.listing.Glob;
import io.portolan.fs.VirtualPath;
import java.util.ArrayList;
import java.util.List;

/** Which paths a mirror takes. A path costs its segments times those of the patterns, whatever stands in both. Immutable. */
final class PathRules {

    /** A glob does not let a star stand for a dot at the beginning, and here it has to: so all names and patterns begin with this. */
    private static final String BEFORE = "x";

    /**
     * One pattern, which has been checked when it was set.
     *
     * @param segments the names
     * @param anchored whether they are those of the path from the root, else of the last name
     */
    private record Rule(List<Segment> segments, boolean anchored, boolean directoriesOnly) {

        boolean matches(List<String> path, boolean directory) {
            if (directoriesOnly && !directory) {
                return false;
            }
            if (!anchored) {
                return segments.get(0).matches(path.get(path.size() - 1));
            }
            boolean[] states = new boolean[segments.size() + 1];
            states[0] = true;
            skip(states);
            for (String name : path) {
                boolean[] next = new boolean[states.length];
                for (int i = 0; i < segments.size(); i++) {
                    if (states[i] && segments.get(i).any()) {
                        next[i] = true;
                    } else if (states[i] && segments.get(i).matches(name)) {
                        next[i + 1] = true;
                    }
                }
                states = next;
                skip(states);
            }
            return states[segments.size()];
        }

        /** Any number of directories may be none. */
        private void skip(boolean[] states) {
            for (int i = 0; i < segments.size(); i++) {
                states[i + 1] |= states[i] && segments.get(i).any();
            }
        }
    }

    private record Segment(Glob glob, boolean any) {
        boolean matches(String name) {
            return any || glob.matches(BEFORE + name);
        }
    }

    private final List<Rule> includes;
    private final List<Rule> excludes;

    /** Patterns as {@link io.portolan.mirror.MirrorOptions} takes them. */
    PathRules(List<String> includes, List<String> excludes) {
        this.includes = includes.stream().map(PathRules::rule).toList();
        this.excludes = excludes.stream().map(PathRules::rule).toList();
    }

    /** Whether there are patterns of files that are wanted. */
    boolean areSelective() {
        return !includes.isEmpty();
    }

    /** Whether a directory is entered. */
    boolean takesDirectory(VirtualPath path) {
        return !matches(excludes, path, true);
    }

    /** Whether a file is copied. */
    boolean takesFile(VirtualPath path) {
        return !matches(excludes, path, false) && (includes.isEmpty() || matches(includes, path, false));
    }

    private static boolean matches(List<Rule> rules, VirtualPath path, boolean directory) {
        for (Rule rule : rules) {
            if (rule.matches(path.segments(), directory)) {
                return true;
            }
        }
        return false;
    }

    private static Rule rule(String pattern) {
        boolean directoriesOnly = pattern.endsWith("/");
        String text = directoriesOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean anchored = text.indexOf('/') >= 0 || text.equals("**");
        if (text.startsWith("/")) {
            text = text.substring(1);
        }
        List<Segment> segments = new ArrayList<>();
        for (String segment : text.split("/", -1)) {
            segments.add(new Segment(Glob.compile(BEFORE + segment), segment.equals("**")));
        }
        return new Rule(segments, anchored, directoriesOnly);
    }
}
