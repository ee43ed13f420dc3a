package io.portolan.examples.standalone.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A shell's pattern for one name: {@code *}, {@code ?}, {@code [a-z]}, {@code [!a-z]}. A name that begins with a dot is matched by a pattern that does. */
final class Glob {

    /** Any number of characters. */
    private static final IntPredicate STAR = new Star();

    /** All names, hidden ones too. */
    static final Glob EVERYTHING = new Glob(List.of(STAR), true);

    private final List<IntPredicate> parts;
    private final boolean hidden;

    private Glob(List<IntPredicate> parts, boolean hidden) {
        this.parts = parts;
        this.hidden = hidden;
    }

    /** Whether there is anything in it that stands for something else. */
    static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
    }

    /**
     * Reads a pattern of an URL, in which an encoded character stands for itself.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Glob parse(String text) {
        List<IntPredicate> parts = new ArrayList<>();
        int[] raw = text.codePoints().toArray();
        for (int i = 0; i < raw.length; i++) {
            switch (raw[i]) {
                case '*' -> parts.add(STAR);
                case '?' -> parts.add(c -> c != '/');
                case '[' -> i = charactersOf(raw, i + 1, parts);
                default -> {
                    int end = i;
                    while (end < raw.length && "*?[".indexOf(raw[end]) < 0) {
                        end++;
                    }
                    Percent.decode(new String(raw, i, end - i)).codePoints().forEach(c -> parts.add(d -> c == d));
                    i = end - 1;
                }
            }
        }
        return new Glob(List.copyOf(parts), text.startsWith(".") || text.startsWith("%2e") || text.startsWith("%2E"));
    }

    /** Reads what is between brackets; gives where it ends. */
    private static int charactersOf(int[] raw, int begin, List<IntPredicate> parts) {
        boolean negated = begin < raw.length && (raw[begin] == '!' || raw[begin] == '^');
        int at = negated ? begin + 1 : begin;
        IntPredicate any = c -> false;
        for (boolean first = true; at < raw.length && (first || raw[at] != ']'); first = false) {
            int from = raw[at];
            boolean range = at + 2 < raw.length && raw[at + 1] == '-' && raw[at + 2] != ']';
            int to = range ? raw[at + 2] : from;
            any = any.or(c -> c >= from && c <= to);
            at += range ? 3 : 1;
        }
        if (at >= raw.length) {
            throw new IllegalArgumentException("a [ that no ] ends; encode it to mean the character itself");
        }
        parts.add(negated ? any.negate() : any);
        return at;
    }

    /** Takes steps of the name's length times the pattern's at most, whatever a server calls its files. */
    boolean matches(String name) {
        if (name.startsWith(".") && !hidden) {
            return false;
        }
        int[] text = name.codePoints().toArray();
        int part = 0;
        int at = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length) {
            if (part < parts.size() && parts.get(part) == STAR) {
                star = part++;
                retry = at;
            } else if (part < parts.size() && parts.get(part).test(text[at])) {
                part++;
                at++;
            } else if (star >= 0) {
                part = star + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == STAR) {
            part++;
        }
        return part == parts.size();
    }

    /** Known by what it is, not by what it matches. */
    private static final class Star implements IntPredicate {
        @Override
        public boolean test(int c) {
            return true;
        }
    }
}
