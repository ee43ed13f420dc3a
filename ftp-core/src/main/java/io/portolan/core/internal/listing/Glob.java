package io.portolan.core.internal.listing;

import io.portolan.ftp.FtpSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern for names in one directory, as in a shell: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}, and a backslash before a character that is meant itself.
 * A leading dot is matched by a written dot only. Case-sensitive. Immutable.
 *
 * <p>The pattern is an automaton whose set of states is a bit set, so a name costs its length times the pattern's length in 64ths, whatever the two are:
 * neither recursion nor backtracking, which such patterns have been used to make explode (CVE-2010-2632, CVE-2011-0418).
 */
public final class Glob {

    /** Characters of a pattern: as many as a name may have nearly everywhere. It bounds what a pattern costs in memory. */
    public static final int MAX_LENGTH = 255;

    private static final int ASCII = 128;

    private interface Element {
        boolean matches(int codePoint);
    }

    private final List<Element> elements;
    private final int words;
    /** The states in which any character may be skipped: those that a star stands before. */
    private final long[] loops;
    /** For each character of ASCII the elements that match it. */
    private final long[] asciiMasks;

    private final boolean beginsWithDot;

    private Glob(List<Element> elements, long[] loops, boolean beginsWithDot) {
        this.elements = elements;
        this.words = loops.length;
        this.loops = loops;
        this.beginsWithDot = beginsWithDot;
        asciiMasks = new long[ASCII * words];
        for (int c = 0; c < ASCII; c++) {
            mask(c, asciiMasks, c * words);
        }
    }

    /**
     * Whether a text has a wildcard, so that it has to be matched rather than looked up.
     *
     * @param text a name, or a pattern
     * @return whether there is an unescaped {@code *}, {@code ?} or {@code [} in it
     */
    public static boolean isPattern(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '*', '?', '[':
                    return true;
                case '\\':
                    i++;
                    break;
                default:
                    break;
            }
        }
        return false;
    }

    /**
     * Compiles a pattern.
     *
     * @throws FtpSyntaxException if it is longer than {@link #MAX_LENGTH}
     */
    public static Glob compile(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw new FtpSyntaxException("pattern longer than " + MAX_LENGTH + " characters");
        }
        List<Element> elements = new ArrayList<>();
        long[] loops = new long[pattern.length() / 64 + 1];
        boolean beginsWithDot = false;
        int at = 0;
        while (at < pattern.length()) {
            int c = pattern.codePointAt(at);
            int next = at + Character.charCount(c);
            if (c == '*') {
                loops[elements.size() >> 6] |= 1L << elements.size();
            } else if (c == '?') {
                elements.add(any -> true);
            } else if (c == '[' && classEnd(pattern, at) > 0) {
                next = classEnd(pattern, at) + 1;
                elements.add(characterClass(pattern, at + 1, next - 1));
            } else {
                if (c == '\\' && next < pattern.length()) {
                    c = pattern.codePointAt(next);
                    next += Character.charCount(c);
                }
                int literal = c;
                beginsWithDot |= c == '.' && elements.isEmpty() && loops[0] == 0;
                elements.add(other -> other == literal);
            }
            at = next;
        }
        return new Glob(elements, Arrays.copyOf(loops, elements.size() / 64 + 1), beginsWithDot);
    }

    /** Whether the pattern matches the whole name. */
    public boolean matches(String name) {
        if (!name.isEmpty() && name.charAt(0) == '.' && !beginsWithDot) {
            return false;
        }
        long[] states = new long[words];
        long[] mask = new long[words];
        states[0] = 1;
        int at = 0;
        while (at < name.length()) {
            int c = name.codePointAt(at);
            at += Character.charCount(c);
            long[] masks = asciiMasks;
            int offset = c * words;
            if (c >= ASCII) {
                mask(c, mask, 0);
                masks = mask;
                offset = 0;
            }
            long carry = 0;
            long alive = 0;
            for (int w = 0; w < words; w++) {
                long advanced = states[w] & masks[offset + w];
                states[w] = advanced << 1 | carry | states[w] & loops[w];
                carry = advanced >>> 63;
                alive |= states[w];
            }
            if (alive == 0) {
                return false;
            }
        }
        return (states[elements.size() >> 6] & 1L << elements.size()) != 0;
    }

    private void mask(int codePoint, long[] out, int offset) {
        Arrays.fill(out, offset, offset + words, 0);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).matches(codePoint)) {
                out[offset + (i >> 6)] |= 1L << i;
            }
        }
    }

    /** Where the class that opens here closes, or -1 if it does not: then the bracket stands for itself. */
    private static int classEnd(String pattern, int open) {
        int first = isNegation(pattern, open + 1) ? open + 2 : open + 1;
        // A closing bracket in the first place is one of the characters.
        return pattern.indexOf(']', first + 1);
    }

    private static boolean isNegation(String pattern, int at) {
        return at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
    }

    private static Element characterClass(String pattern, int from, int to) {
        boolean negated = isNegation(pattern, from);
        int[] set =
                pattern.substring(negated ? from + 1 : from, to).codePoints().toArray();
        return c -> contains(set, c) != negated;
    }

    private static boolean contains(int[] set, int c) {
        int i = 0;
        while (i < set.length) {
            if (i + 2 < set.length && set[i + 1] == '-') {
                if (set[i] <= c && c <= set[i + 2]) {
                    return true;
                }
                i += 3;
            } else if (set[i++] == c) {
                return true;
            }
        }
        return false;
    }
}
